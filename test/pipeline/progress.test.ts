import { describe, expect, it } from 'vitest';
import { trackedInTurns } from '../../src/pipeline/progress.ts';

/** What is told of so many documents, and what comes out of them. */
async function going(documents: number): Promise<{ told: number[]; results: number[] }> {
  const told: number[] = [];
  const items = Array.from({ length: documents }, (_, nth) => nth);
  const results = await trackedInTurns({ expectDocuments: (count) => told.push(count) }, 'judged', items, (nth) => [
    nth,
    -nth,
  ]);
  return { told, results };
}

describe('who goes through many documents', () => {
  it('tells how many there are, and now and then how many are left', async () => {
    const { told, results } = await going(300);
    expect(told).toEqual([300, 172, 44]);
    expect(results.slice(0, 6)).toEqual([0, -0, 1, -1, 2, -2]);
    expect(results).toHaveLength(600);
  });

  it('tells nothing of a few', async () => {
    expect((await going(16)).told).toEqual([]);
    expect((await going(17)).told).toEqual([17]);
    expect((await going(0)).told).toEqual([]);
  });
});
