import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src-shared/settings.ts';
import { pageStateOf } from '../../../src-renderer/state/page-state.ts';
import { reportOf } from '../../../src-renderer/state/report.ts';
import { snapshotWith } from '../support/scenes.ts';

describe('a report of the server', () => {
  const settings = { ...DEFAULT_SETTINGS, port: 9010, passwordFile: '/home/ana/pw.txt' };
  const report = reportOf(pageStateOf(snapshotWith({ settings })), [
    { about: 'address', outcome: 'bad', text: '::1 does not answer.' },
  ]);

  it('says what runs, what was tried, what is set, and what went wrong', () => {
    expect(report).toContain('TabPy Tray 0.1.0 (app, linux), Python 3.14.2');
    expect(report).toContain('Running on localhost:9004');
    expect(report).toContain('Functions: 6, 1 failed.');
    expect(report).toContain('bad: ::1 does not answer.');
    expect(report).toContain('port: 9010\npasswordFile: (a path)');
    expect(report).toContain('error POST /evaluate 500');
  });

  it('holds no paths of a person, no scripts, and none of the lines that are no trouble', () => {
    expect(report).not.toContain('ana');
    expect(report).not.toContain('tabpy.query');
    expect(report).not.toContain('GET /info 200');
  });
});
