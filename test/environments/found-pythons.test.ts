// Which Pythons of a computer are found, from folders that a test makes. None of them is run.

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPythons } from '../../src-main/environments/found-pythons.ts';
import type { ComputerFacts } from '../../src-main/environments/found-pythons.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { fakeConda, fakeVenv, program } from './support/fake-pythons.ts';

function computer(more: Partial<ComputerFacts> = {}): ComputerFacts {
  return { env: {}, platform: 'linux', home: temporaryFolder(), folders: [], ...more };
}

describe.skipIf(process.platform === 'win32')('Pythons of a computer', () => {
  it('are those of projects and tools, each with the version that its files tell', async () => {
    const facts = computer();
    const { home } = facts;
    const at = (place: string): string => path.join(home, place);
    const base = program(at('.pyenv/versions/3.11.9/bin/python3'), 'exit 1');
    const venv = fakeVenv(at('projects/churn/.venv'), base);
    const kept = fakeVenv(at('.virtualenvs/geo'), base, '3.11.4');
    program(at('.pyenv/versions/3.9.18/bin/python3'), 'exit 1');
    const conda = fakeConda(at('miniconda3'));
    const named = fakeConda(at('miniconda3/envs/stats'), '3.12.1');
    const pixi = fakeConda(at('src/app/.pixi/envs/default'), '3.14.0');
    const elsewhere = fakeConda(at('far/away'), '3.11.2');
    mkdirSync(at('.conda'), { recursive: true });
    writeFileSync(
      at('.conda/environments.txt'),
      `${at('far/away')}\n${at('removed')}\n${at('miniconda3/envs/stats')}\n`,
    );
    expect(await findPythons(facts)).toEqual([
      { kind: 'virtual environment', python: venv, version: '3.11.9' },
      { kind: 'virtual environment', python: kept, version: '3.11.4' },
      { kind: 'pixi', python: pixi, version: '3.14.0' },
      { kind: 'conda', python: conda, version: '3.13.1' },
      { kind: 'conda', python: named, version: '3.12.1' },
      { kind: 'conda', python: elsewhere, version: '3.11.2' },
      { kind: 'pyenv', python: base, version: '3.11.9' },
    ]);
  });

  it('on the PATH are listed once, without starters of pyenv and of Windows’ shop', async () => {
    const folder = temporaryFolder();
    const real = program(path.join(folder, 'usr/bin/python3.12'), 'exit 1');
    symlinkSync(real, path.join(folder, 'usr/bin/python3'));
    mkdirSync(path.join(folder, 'bin'));
    symlinkSync(real, path.join(folder, 'bin/python3'));
    program(path.join(folder, '.pyenv/shims/python3'), 'exit 1');
    const onPath = ['usr/bin', 'bin', '.pyenv/shims', 'none'].map((name) => path.join(folder, name)).join(':');
    expect(await findPythons(computer({ env: { PATH: onPath } }))).toEqual([
      { kind: 'system', python: path.join(folder, 'usr/bin/python3'), version: '3.12' },
    ]);
  });

  it('are found by the variables of an active environment', async () => {
    const folder = temporaryFolder();
    const base = program(path.join(folder, 'base/bin/python3'), 'exit 1');
    const venv = fakeVenv(path.join(folder, 'a'), base);
    const conda = fakeConda(path.join(folder, 'b'));
    const env = { VIRTUAL_ENV: path.join(folder, 'a'), CONDA_PREFIX: path.join(folder, 'b') };
    expect((await findPythons(computer({ env }))).map(({ python }) => python)).toEqual([venv, conda]);
  });

  it('on Windows are those that installers put into their folders', async () => {
    const local = temporaryFolder();
    const installed = program(path.join(local, 'Programs/Python/Python312/python.exe'), 'exit 1');
    const managed = program(path.join(local, 'Python/pythoncore-3.14-64/python.exe'), 'exit 1');
    program(path.join(local, 'Programs/Python/Launcher/py.exe'), 'exit 1');
    const facts = computer({ platform: 'win32', env: { LOCALAPPDATA: local } });
    expect((await findPythons(facts)).map(({ kind, python }) => [kind, python])).toEqual([
      ['system', installed],
      ['system', managed],
    ]);
  });

  it('on a Mac are not looked for where the system would ask the user', async () => {
    const facts = computer();
    const base = program(path.join(facts.home, 'base/bin/python3'), 'exit 1');
    fakeVenv(path.join(facts.home, 'Documents/churn/.venv'), base);
    expect(await findPythons(facts)).toHaveLength(1);
    expect(await findPythons({ ...facts, platform: 'darwin' })).toEqual([]);
  });
});
