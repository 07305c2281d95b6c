// `npm run check`: types, import law, lint, format and licences of everything, TypeScript and Python, side by side. Must not
// change a source.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensurePythonEnv, pythonTool } from './python-env.ts';

const root = path.resolve(import.meta.dirname, '../..');
const tool = (name: string): string =>
  path.join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
const PYTHON = [
  'src-main/python',
  'src-main/engines',
  'src-main/environments',
  'src-renderer/features/functions/samples',
  'test/python',
  'test/conformance',
];

type Step = readonly [what: string, command: string, args: readonly string[]];
const STEPS: readonly Step[] = [
  ['types', tool('tsc'), ['-b']],
  ['lint', tool('oxlint'), ['--type-aware', '--deny-warnings']],
  ['unused code', tool('knip'), []],
  ['import law', process.execPath, ['test/law/check.ts']],
  ['format', tool('oxfmt'), ['--check']],
  ['licences', process.execPath, ['--disable-warning=ExperimentalWarning', 'packaging/notices/check.ts']],
  ['figures', process.execPath, ['packaging/performance/check.ts']],
  ['Python lint', pythonTool('ruff'), ['check', ...PYTHON]],
  ['Python format', pythonTool('ruff'), ['format', '--check', ...PYTHON]],
];
/** More at once would only wait for each other. */
const AT_ONCE = 3;

ensurePythonEnv((text) => console.log(text));
const waiting = [...STEPS];
let failed = 0;
await Promise.all(Array.from({ length: AT_ONCE }, worker));
process.exitCode = failed > 0 ? 1 : 0;

async function worker(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const startedAt = performance.now();
    const { isFine, output } = await run(step);
    if (!isFine) failed += 1;
    console.log(`${isFine ? 'ok  ' : 'FAIL'} ${step[0]} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    if (!isFine && output !== '') console.log(output);
  }
}

/** Runs one; what it says is kept together, because others speak at the same time. */
function run([, command, args]: Step): Promise<{ readonly isFine: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.stderr.on('data', (part: Buffer) => parts.push(part));
    child.once('error', (error) => resolve({ isFine: false, output: error.message }));
    child.once('close', (code) => resolve({ isFine: code === 0, output: Buffer.concat(parts).toString().trim() }));
  });
}
