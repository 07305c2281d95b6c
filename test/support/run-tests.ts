// `npm test`: everything that must hold, in one run that sets itself up and ends with "N passed, N failed".
// With TABPY_TRAY_SOAK_MINUTES the server is soaked for so long as well. With TABPY_TRAY_ALL_TESTS a skipped test that should
// run here counts as failed.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensurePythonEnv, pythonTool } from './python-env.ts';
import { skippedIn, skippedInPytest } from './skipped-tests.ts';
import type { Report, Skip } from './skipped-tests.ts';

const root = path.resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-test-'));

interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Runs a program in the project's folder; answers its exit code and what it printed, which is shown as it comes. */
function run(command: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const parts: string[] = [];
    child.stdout.on('data', (part: Buffer) => {
      parts.push(part.toString());
      process.stdout.write(part);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output: parts.join('') }));
  });
}

/** One check that either holds or does not. */
async function wholeStep(args: readonly string[]): Promise<Count> {
  const { code } = await run(process.execPath, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function vitest(): Promise<Count> {
  const report = path.join(scratch, 'vitest.json');
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const { code } = await run(process.execPath, args);
  try {
    const result = JSON.parse(readFileSync(report, 'utf8')) as Report & Record<string, number>;
    const { numPassedTests, numFailedTests } = result;
    const failed = (numFailedTests ?? 0) + tellSkips(skippedIn(result));
    // A file that does not load fails the run without a failed test.
    return { passed: numPassedTests ?? 0, failed: code !== 0 && failed === 0 ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Says what was skipped. @returns how many of them should have run */
function tellSkips(skips: readonly Skip[]): number {
  const mustRunAll = Boolean(process.env['TABPY_TRAY_ALL_TESTS']);
  for (const { file, test, why } of skips)
    console.log(
      `${mustRunAll && why === null ? 'FAIL ' : ''}skipped: ${path.relative(root, file)}: ${test}${why === null ? '' : ` (${why})`}`,
    );
  return mustRunAll ? skips.filter(({ why }) => why === null).length : 0;
}

async function pytest(): Promise<Count> {
  const { code, output } = await run(pythonTool('python'), [
    '-m',
    'pytest',
    '-q',
    '-rs',
    '-p',
    'no:cacheprovider',
    'test/python',
  ]);
  const count = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(output)?.[1] ?? 0);
  const failed = count('failed') + count('error') + tellSkips(skippedInPytest(output));
  return { passed: count('passed'), failed: code !== 0 && failed === 0 ? 1 : failed };
}

ensurePythonEnv((text) => console.log(text));
const counts: Count[] = [
  await wholeStep(['src-main/entries/cli.ts', 'prepare']),
  await wholeStep(['test/support/check.ts']),
  await pytest(),
  await vitest(),
];
const soakMinutes = process.env['TABPY_TRAY_SOAK_MINUTES'];
if (soakMinutes) counts.push(await wholeStep(['test/soak/soak.ts', '--minutes', soakMinutes]));
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
