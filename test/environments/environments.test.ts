// The list of environments: adding, looking into again, removing. Pythons answer what a test says.

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PythonFacts, PythonLook } from '../../src-main/environments/look-into.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { program } from './support/fake-pythons.ts';
import { environmentsIn } from './support/managed-environments.ts';

const FACTS: Omit<PythonFacts, 'python' | 'prefix'> = {
  version: '3.12.4',
  machine: 'x86_64',
  basePrefix: '/usr',
  packages: [{ name: 'six', version: '1.16.0' }],
  note: null,
};

function pythonIn(folder: string, more: Partial<PythonFacts> = {}): PythonLook {
  const python = program(path.join(folder, 'bin/python3'), 'exit 1');
  return { kind: 'python', facts: { ...FACTS, python, prefix: folder, ...more } };
}

async function world() {
  const [dataDir, folder] = [temporaryFolder(), path.join(temporaryFolder(), 'churn')];
  const now = { look: pythonIn(folder) };
  const lookInto = () => Promise.resolve(now.look);
  const python = path.join(folder, 'bin/python3');
  const findPythons = () => Promise.resolve([{ kind: 'system', python, version: null } as const]);
  return { dataDir, folder, now, python, ...(await environmentsIn(dataDir, '', { lookInto, findPythons })) };
}

describe('existing environments', () => {
  it('are added once, under a name of their own or that of their folder', async () => {
    const { environments, folder, python, control } = await world();
    expect(await environments.found()).toHaveLength(1);
    const added = await environments.add(folder, null, control);
    const packages = [{ name: 'six', version: '1.16.0' }];
    const same = { kind: 'existing', version: '3.12.4', basePrefix: '/usr', packages, fault: null };
    expect(added).toEqual({ name: 'churn', python, prefix: folder, ...same });
    expect(await environments.found()).toEqual([]);
    await expect(environments.add(python, 'other', control)).rejects.toThrow('is in the list already, as churn.');
    await expect(environments.add(python, 'CHURN', control)).rejects.toThrow('There is an environment CHURN already.');
    await expect(environments.add(python, 'a/b', control)).rejects.toThrow('cannot be the name of an environment');
  });

  it('are told with what changed when they are looked into again', async () => {
    const { environments, folder, now, control } = await world();
    await environments.add(folder, 'lab', control);
    const packages = [
      { name: 'pandas', version: '3.0.2' },
      { name: 'six', version: '1.17.0' },
    ];
    now.look = pythonIn(folder, { version: '3.12.5', packages });
    const look = await environments.look('LAB', control);
    expect(look.changes).toEqual([
      'Python is 3.12.5 now, and was 3.12.4.',
      'New packages: pandas 3.0.2.',
      'Other versions: six 1.17.0 (was 1.16.0).',
    ]);
    expect(environments.find('lab')).toEqual(look.environment);
    now.look = pythonIn(folder, { version: '3.12.5', packages: [] });
    expect((await environments.look('lab', control)).changes).toEqual(['Packages that are gone: pandas, six.']);
  });

  it('that fail or are gone say why, and keep their place in the list', async () => {
    const { environments, folder, now, python, control } = await world();
    const added = await environments.add(folder, 'lab', control);
    now.look = { kind: 'fault', text: 'The Python crashes.' };
    expect(await environments.look('lab', control)).toEqual({
      environment: { ...added, fault: 'The Python crashes.' },
      changes: [],
    });
    rmSync(folder, { recursive: true });
    expect(environments.find('lab')?.fault).toBe('The Python crashes.');
    const { environment } = await environments.look('lab', control);
    expect(environment.fault).toBe(`${python} is no longer there. Remove it from the list, or put the Python back.`);
    expect(environments.list()).toEqual([environment]);
    await environments.remove('lab');
    expect(environments.list()).toEqual([]);
    await expect(environments.remove('lab')).rejects.toThrow("There is no environment 'lab'.");
  });

  it('are never changed or removed from the disk', async () => {
    const { environments, folder, python, control } = await world();
    await environments.add(folder, 'lab', control);
    await expect(environments.change('lab', ['pandas'], [], control)).rejects.toThrow(
      'lab was not made by TabPy Tray, so it is only read.',
    );
    await environments.remove('lab');
    writeFileSync(python, 'still there');
  });

  it('that cannot be used are not added', async () => {
    const { environments, now, folder, control } = await world();
    now.look = { kind: 'fault', text: 'It is Python 3.9.18, which is too old.' };
    await expect(environments.add(folder, null, control)).rejects.toThrow('which is too old');
    expect(environments.list()).toEqual([]);
  });
});
