import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Writes how many tests passed and failed to the file that PLANPROOF_TOTALS names, for scripts/check.mjs. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const file = process.env['PLANPROOF_TOTALS'];
    if (file === undefined) return;
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const passed = states.filter((state) => state === 'passed').length;
    const broken = modules.reduce((sum, module) => sum + module.errors().length, 0) + unhandledErrors.length;
    const failed = states.filter((state) => state === 'failed').length + broken;
    writeFileSync(file, JSON.stringify({ passed, failed }));
  }
}
