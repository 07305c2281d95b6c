// Looking into a Python: what is told of a real one, and the sentence for everything that is none.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookInto } from '../../src-main/environments/look-into.ts';
import { pythonTool } from '../support/python-env.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { fakePython, program } from './support/fake-pythons.ts';

const ownPython = pythonTool('python');
const isWindows = process.platform === 'win32';

describe('looking into a Python', () => {
  it('tells version, folders and packages of a virtual environment, by its program or its folder', async () => {
    const folder = path.dirname(path.dirname(ownPython));
    const look = await lookInto(ownPython);
    expect(look).toMatchObject({ kind: 'python', facts: { python: ownPython, prefix: folder, note: null } });
    if (look.kind !== 'python') return;
    const said = spawnSync(ownPython, [
      '-c',
      'import platform, sys; print(platform.python_version(), sys.base_prefix)',
    ]);
    expect(`${look.facts.version} ${look.facts.basePrefix}`).toBe(said.stdout.toString().trim());
    expect(look.facts.packages).toContainEqual({ name: 'cloudpickle', version: '3.1.2' });
    expect(await lookInto(folder)).toMatchObject({ kind: 'python', facts: { prefix: folder } });
  });

  it.skipIf(isWindows)('runs no code of its packages, and gives it no variables', async () => {
    const folder = path.join(temporaryFolder(), 'env');
    const made = spawnSync(ownPython, ['-m', 'venv', '--without-pip', folder]);
    expect(made.status).toBe(0);
    const { facts } = (await lookInto(folder)) as { facts: { version: string } };
    const [major, minor] = facts.version.split('.');
    const packages = path.join(folder, `lib/python${major}.${minor}/site-packages`);
    const trace = path.join(folder, 'trace');
    writeFileSync(path.join(packages, 'evil.pth'), `import os; open(${JSON.stringify(trace)}, 'w').close()\n`);
    mkdirSync(path.join(packages, 'good-1.0.dist-info'));
    writeFileSync(
      path.join(packages, 'good-1.0.dist-info/METADATA'),
      'Metadata-Version: 2.1\nName: good\nVersion: 1.0\n',
    );
    mkdirSync(path.join(packages, 'broken-1.0.dist-info'));
    expect(await lookInto(folder)).toMatchObject({
      kind: 'python',
      facts: { prefix: folder, packages: [{ name: 'good', version: '1.0' }] },
    });
    expect(existsSync(trace)).toBe(false);
    const variables = program(path.join(folder, 'bin/says'), 'env >&2; exit 3');
    process.env['TABPY_TRAY_SECRET_OF_TEST'] = 'secret';
    try {
      expect(JSON.stringify(await lookInto(variables))).not.toContain('secret');
    } finally {
      delete process.env['TABPY_TRAY_SECRET_OF_TEST'];
    }
  });

  it.skipIf(isWindows)('names the Python that a starter such as one of pyenv leads to', async () => {
    const folder = temporaryFolder();
    const starter = program(path.join(folder, 'shims/python3'), `exec ${ownPython} "$@"`);
    expect(await lookInto(starter)).toMatchObject({ kind: 'python', facts: { python: ownPython } });
  });
});

describe.skipIf(isWindows)('what is no usable Python', () => {
  const told = async (at: string, timeoutMs = 20_000): Promise<string> => {
    const look = await lookInto(at, { timeoutMs });
    return look.kind === 'fault' ? look.text : expect.unreachable(`${at} is taken as a Python`);
  };
  const script = (text: string): string => program(path.join(temporaryFolder(), 'python'), text);

  it('is told by what is at its path', async () => {
    const folder = temporaryFolder();
    expect(await told('python3')).toContain('is not a full path');
    expect(await told(path.join(folder, 'none'))).toBe(`${path.join(folder, 'none')} does not exist. Check the path.`);
    expect(await told(folder)).toContain('contains no Python');
    expect(await told('/dev/null')).toContain('neither a file nor a folder');
    const file = script('exit 0');
    chmodSync(file, 0o644);
    expect(await told(file)).toContain('is not executable');
  });

  it('is told by how it starts', async () => {
    const noProgram = path.join(temporaryFolder(), 'python');
    writeFileSync(noProgram, '#!/no/such/program\n', { mode: 0o755 });
    expect(await told(noProgram)).toContain('cannot be started (ENOENT)');
    expect(await told(script('echo hello'))).toContain('is not a Python: it does not answer as one');
    expect(await told(script('echo "bad option" >&2; exit 9'))).toContain(
      'is not a Python: it ended with exit code 9 (bad option)',
    );
    expect(await told(script('echo "Fatal Python error: init_fs_encoding" >&2; exit 1'))).toContain(
      'crashes when it starts: it ended with exit code 1 (Fatal Python error: init_fs_encoding). Repair it',
    );
    expect(await told(script('kill -SEGV $$'))).toContain('crashes when it starts: it was ended by SIGSEGV');
    expect(await told(script('yes'))).toContain('prints without end');
  });

  it('is stopped with all that it started when it does not answer', async () => {
    const folder = temporaryFolder();
    const pids = path.join(folder, 'pid');
    const file = program(path.join(folder, 'python'), `sleep 600 &\necho $! > ${pids}\nwait`);
    expect(await told(file, 1_500)).toContain('did not answer within 1.5 s');
    const started = spawnSync('cat', [pids]).stdout.toString().trim();
    await expect.poll(() => spawnSync('kill', ['-0', started]).status, { timeout: 10_000 }).not.toBe(0);
  });

  it('is told by what it answers', async () => {
    const folder = temporaryFolder();
    const at = (name: string, more: object): string => fakePython(path.join(folder, name), { ...more });
    expect(await told(at('pypy', { implementation: 'PyPy' }))).toContain('is PyPy 3.12.4. Only CPython');
    expect(await told(at('old', { version: '3.9.18' }))).toContain(
      'is Python 3.9.18, which is too old. Python 3.11 to 3.14 can be used.',
    );
    expect(await told(script('echo "Unknown option: -I" >&2; exit 2'))).toContain('is Python 2, which is too old');
    expect(await told(at('strange', { version: 'three' }))).toContain('is not a Python');
    expect(await lookInto(at('new', { version: '3.15.0' }))).toMatchObject({
      kind: 'python',
      facts: { note: expect.stringContaining('Python 3.15.0 is newer than 3.14 and was not tested') },
    });
  });
});
