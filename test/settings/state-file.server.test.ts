import { execFileSync } from 'node:child_process';
import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStateFile, sourcesWithState } from '../../src-main/settings/state-file.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const STATE = `[Service Info]
Name = Our server
Description = 50% of the models
Creation Time = 1469511182
Subdirectory = analytics/
Access-Control-Allow-Origin = https://dashboards.example
Access-Control-Allow-Headers =

[Meta]
Revision Number = 1
`;

function opened(text: string | null) {
  const folder = temporaryFolder();
  const file = path.join(folder, 'state.ini');
  if (text !== null) writeFileSync(file, text);
  let time = 0;
  const warnings: string[] = [];
  const notes: string[] = [];
  const log = { info: (one: string) => void notes.push(one), warn: (one: string) => void warnings.push(one) };
  const state = openStateFile({ folder, log, now: () => time });
  return { state, file, warnings, notes, later: () => void (time += 2_000) };
}

describe('state.ini', () => {
  it('says what /info shows, and what web pages may do', () => {
    expect(opened(STATE).state()).toEqual({
      name: 'Our server',
      description: '50% of the models',
      creationTime: '1469511182',
      cors: { 'Access-Control-Allow-Origin': 'https://dashboards.example' },
      prefix: '/analytics',
    });
  });

  it('is named as the source of what it says in place of settings', () => {
    const file = path.join('/tabpy', 'state.ini');
    const sources = { name: { kind: 'file' }, port: { kind: 'file' } } as const;
    expect(sourcesWithState(sources, null, '')).toBe(sources);
    expect(sourcesWithState(sources, opened(STATE).state(), '/tabpy')).toEqual({
      port: { kind: 'file' },
      name: { kind: 'state', file, value: 'Our server' },
      description: { kind: 'state', file, value: '50% of the models' },
    });
    expect(sourcesWithState(sources, opened('[Service Info]\nName =\n').state(), '/tabpy').name).toEqual({
      kind: 'file',
    });
  });

  it('can be edited while the server runs', () => {
    const { state, file, later } = opened(STATE);
    state();
    writeFileSync(file, STATE.replace('Our server', 'Another name'));
    later();
    expect(state()!.name).toBe('Another name');
    rmSync(file);
    later();
    expect(state()).toBeNull();
  });

  it('that is damaged leaves what was read before, and is told once', () => {
    const { state, file, warnings, later } = opened(STATE);
    state();
    writeFileSync(file, 'no section');
    for (let count = 0; count < 3; count += 1) {
      later();
      expect(state()!.name).toBe('Our server');
    }
    expect(warnings).toHaveLength(1);
  });

  it('tells the log once for whose web pages it opens the server', () => {
    const { state, file, notes, later } = opened(STATE);
    state();
    later();
    state();
    expect(notes).toEqual([expect.stringContaining('Web pages of https://dashboards.example can call this server')]);
    writeFileSync(file, STATE.replace('https://dashboards.example', '*'));
    later();
    state();
    expect(notes[1]).toContain('Every web page');
  });

  it('is read again when it changed under the same time and size', () => {
    const { state, file, later } = opened(STATE);
    state();
    const { atime, mtime } = statSync(file);
    writeFileSync(file, STATE.replace('Our server', 'Our sErver'));
    utimesSync(file, atime, mtime);
    later();
    expect(state()!.name).toBe('Our sErver');
  });

  it.skipIf(process.platform === 'win32')('is not waited for when it is a pipe', () => {
    const { state, file, warnings, later } = opened(STATE);
    state();
    rmSync(file);
    execFileSync('mkfifo', [file]);
    for (let count = 0; count < 2; count += 1) {
      later();
      expect(state()!.name).toBe('Our server');
    }
    expect(warnings).toEqual([`${file} cannot be read: it is not a regular file`]);
  });

  it('need not be there', () => {
    expect(opened(null).state()).toBeNull();
  });
});
