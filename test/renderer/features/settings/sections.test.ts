// Sections of the Settings screen: each setting once where it applies, and what a search finds.

import { describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../../../src-shared/settings.ts';
import { foundIn, partsFor, SECTION_IDS, sectionOf } from '../../../../src-renderer/features/settings/sections.ts';

const namesIn = (parts: ReturnType<typeof partsFor>): readonly string[] => parts.flatMap(({ names }) => names);

describe('the sections of settings', () => {
  it('hold every setting once in the tray app', () => {
    expect(namesIn(partsFor('app')).toSorted()).toEqual(SETTING_NAMES.toSorted());
  });

  it('leave out in a browser what only the tray app does', () => {
    const left = SETTING_NAMES.filter((name) => !namesIn(partsFor('console')).includes(name));
    expect(left).toEqual(['openAtLogin', 'startServerOnLaunch', 'startHidden', 'notifyFailures', 'checkForUpdates']);
  });

  it('are found by their name, by a setting in them, and else are the first', () => {
    expect(['security', 'workers', 'tabpy', 'nonsense', null].map(sectionOf)).toEqual([
      'security',
      'python',
      'tabpy',
      SECTION_IDS[0],
      SECTION_IDS[0],
    ]);
  });
});

describe('the search over settings', () => {
  const found = (query: string) => foundIn(partsFor('app'), query).map(({ id, names }) => [id, ...names]);

  it('finds labels and explanations, in any case and with every word', () => {
    expect(found('LARGEST log')).toEqual([['log', 'logFileMegabytes']]);
    expect(found('status 413')).toEqual([['connection', 'maxRequestMegabytes']]);
  });

  it('finds the names that a setting has elsewhere', () => {
    expect(found('TABPY_PORT')).toEqual([['connection', 'port']]);
    expect(found('--allow-host')).toEqual([['connection', 'allowedHosts']]);
    expect(found('pythonMegabytes')).toEqual([['python', 'pythonMegabytes']]);
  });

  it('finds choices as the page names them', () => {
    expect(found('everybody address')).toEqual([['python', 'isolation']]);
  });

  it('shows a part as a whole that has its own words', () => {
    expect(found('user name new password').map(([id]) => id)).toContain('sign-in');
    expect(found('report for support')).toEqual([['report']]);
  });

  it('finds nothing where nothing fits', () => {
    expect(found('no such thing at all')).toEqual([]);
  });
});
