// `npm run check`: types, import law, lint and format of everything, TypeScript and Python. Must not change a file.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensurePythonEnv, pythonTool } from './python-env.ts';

const root = path.resolve(import.meta.dirname, '../..');
const tool = (name: string): string =>
  path.join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);

const steps: readonly (readonly [what: string, command: string, args: readonly string[]])[] = [
  ['types', tool('tsc'), ['-b']],
  ['lint and import law', tool('oxlint'), ['--type-aware', '--deny-warnings']],
  ['format', tool('oxfmt'), ['--check']],
  ['unused code', tool('knip'), []],
  ['figures', process.execPath, ['packaging/performance/check.ts']],
  [
    'Python lint',
    pythonTool('ruff'),
    ['check', 'src-main/python', 'src-main/engines', 'src-renderer/features/functions/samples', 'test/python'],
  ],
  [
    'Python format',
    pythonTool('ruff'),
    [
      'format',
      '--check',
      'src-main/python',
      'src-main/engines',
      'src-renderer/features/functions/samples',
      'test/python',
    ],
  ],
];

ensurePythonEnv((text) => console.log(text));
const failed = steps.filter(([what, command, args]) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${what}`);
  return status !== 0;
});
process.exitCode = failed.length > 0 ? 1 : 0;
