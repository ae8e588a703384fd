import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Course,
  checkAfterKill,
  checkWhole,
  commitOf,
  killAfter,
  type Phase,
  play,
  runWith,
  snapshot,
} from '../helpers/killing.ts';
import { randomFrom } from '../helpers/random.ts';
import { CREATE, LINK, SCENES } from '../helpers/scenes.ts';

/** Points at which a command is killed; a long run asks for more, with another seed if it likes. */
const POINTS = Number(process.env['PLANPROOF_KILL_POINTS'] ?? 20);
const SEED = Number(process.env['PLANPROOF_KILL_SEED'] ?? 4);

const random = randomFrom(SEED);
const upTo = (limit: number): number => Math.floor(random() * limit);

/** One line a point, for the figures of a long run. */
function note(scene: string, kind: string, phase: Phase): void {
  const file = process.env['PLANPROOF_KILL_FIGURES'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ scene, kind, phase })}\n`);
}

const courses = new Map<string, Course>();

/** What a scene does unharmed: played once. */
function courseOf(index: number): Course {
  const scene = SCENES[index % SCENES.length] as (typeof SCENES)[number];
  const course = courses.get(scene.name) ?? play(scene);
  courses.set(scene.name, course);
  return course;
}

const points = Array.from({ length: POINTS }, (_, index) => ({ index, where: random() }));
const byTime = points.filter(({ index }) => index % 3 === 2);
const byCall = points.filter(({ index }) => index % 3 !== 2);

describe(`SIGKILL, seed ${SEED}`, () => {
  it.each(byCall)('at a call, point $index', ({ index, where }) => {
    const course = courseOf(index);
    const at = 1 + Math.floor(where * course.calls.length);
    const effect = upTo(2) === 0 ? 'kill' : 'tear';
    const repository = course.scene.build();
    const killed = runWith({ at, effect }, repository, course.scene.argv);
    expect(killed.code, `call ${at}, ${effect}`).toBe(null);
    note(course.scene.name, effect, checkAfterKill(repository, course));
  });

  it.each(byTime)('at a moment, point $index', async ({ index, where }) => {
    const course = courseOf(index);
    const { first, last, end } = course.times;
    // Every other one within the few milliseconds of writing, which start-up would drown otherwise.
    const delay = index % 2 === 0 ? first + where * (last - first) : where * end;
    const repository = course.scene.build();
    await killAfter(delay, repository, course.scene.argv);
    note(course.scene.name, 'moment', checkAfterKill(repository, course));
  });

  it('in each phase leaves what the phase promises', () => {
    const course = play(LINK);
    const commit = commitOf(course);
    const places: readonly [number, Phase][] = [
      [1, 'not begun'],
      // The lock has its name, and its temporary name too.
      [4, 'locked'],
      [commit, 'preparing'],
      [commit + 2, 'committed'],
      [course.calls.length, 'done'],
    ];
    for (const [at, phase] of places) {
      const repository = LINK.build();
      runWith({ at, effect: 'kill' }, repository, LINK.argv);
      expect(checkAfterKill(repository, course)).toBe(phase);
    }
  });
});

describe('a recovery that is killed itself', () => {
  it.each([CREATE, LINK])('is recovered in turn: $name', (scene) => {
    const course = play(scene);
    // Behind the commit and the sync of its folder comes the first file; this is before the second.
    const halfWay = commitOf(course) + 3;
    const ends = new Set<number | null>();
    for (let at = 1; at <= 25; at += 4) {
      const repository = scene.build();
      runWith({ at: halfWay, effect: 'kill' }, repository, scene.argv);
      expect([course.old, course.new]).not.toContainEqual(snapshot(repository));
      ends.add(runWith({ at, effect: at % 8 === 1 ? 'kill' : 'tear' }, repository, ['lint']).code);
      expect(repository.run(['lint']).code).toBe(0);
      checkWhole(repository, course, 'committed');
    }
    // Some recoveries died, the last ones had fewer calls than that.
    expect([...ends]).toEqual([null, 0]);
  });
});
