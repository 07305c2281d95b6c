import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, SETTING_NAMES } from '../../../../src-shared/settings.ts';
import { pageStateOf } from '../../../../src-renderer/store/page-state.ts';
import { reportOf } from '../../../../src-renderer/features/settings/report.ts';
import { snapshotWith } from '../../support/scenes.ts';

describe('a report of the server', () => {
  const settings = { ...DEFAULT_SETTINGS, port: 9010, passwordFile: '/home/ana/pw.txt' };
  const report = reportOf(pageStateOf(snapshotWith({ settings })), [
    { about: 'address', outcome: 'bad', text: '::1 does not answer.' },
  ]);

  it('says what runs, what was tried, what is set, and what went wrong', () => {
    expect(report).toContain('TabPy Tray 0.1.0 (app, linux), Python 3.14.2');
    expect(report).toContain('Running on localhost:9004');
    expect(report).toContain('Functions: 6, 1 failed.');
    expect(report).toMatch(/Requests by verdict: ok \d+, rejected 0, failed \d, stopped 1\b/);
    expect(report).toContain('bad: ::1 does not answer.');
    expect(report).toContain('port: 9010\npasswordFile: (a path)');
    expect(report).toContain('POST /evaluate 500');
  });

  it('holds no paths of a person, no scripts, and none of the lines that are no trouble', () => {
    expect(report).not.toContain('ana');
    expect(report).not.toContain('tabpy.query');
    expect(report).not.toContain('GET /info 200');
  });

  it('holds no path of any setting, and no name and password for an index or a proxy', () => {
    const paths = SETTING_NAMES.filter((name) => /(?:File|Path|Folder)$/.test(name) && name !== 'logToFile');
    const secret = {
      ...Object.fromEntries([...paths, 'filesForScripts'].map((name) => [name, `/home/ana/${name}`])),
      packageIndex: 'https://ana:pw@packages.example.com/simple/',
      packageProxy: 'http://ana:pw@proxy.example.com:8080',
    };
    const text = reportOf(pageStateOf(snapshotWith({ settings: { ...DEFAULT_SETTINGS, ...secret } })), []);
    expect(text).not.toContain('ana');
    expect(text).toContain('logFolder: (a path)');
    expect(text).toContain('packageIndex: (an address)');
  });

  it.each([
    [
      "ENOENT: no such file or directory, open '/home/ana b/cert.pem'.",
      'ENOENT: no such file or directory, open (a path).',
    ],
    ["'add' stays as it was; /Users/ana/add.py: It is not there.", "'add' stays as it was; (a path) It is not there."],
    ["EPERM, rename 'C:\\Users\\ana\\x y' -> 'D:\\x'", 'EPERM, rename (a path) -> (a path)'],
    [String.raw`\\server\ana\models cannot be read`, '(a path) cannot be read'],
    [
      '#1 127.0.0.1 POST /query/add 500 http://localhost:9004/info',
      '#1 127.0.0.1 POST /query/add 500 http://localhost:9004/info',
    ],
  ])('takes the paths out of %s', (said, told) => {
    const log = [{ id: 1, at: 0, level: 'warn', text: said }] as const;
    const report = reportOf({ ...pageStateOf(snapshotWith()), log }, [
      { about: 'certificate', outcome: 'bad', text: said },
    ]);
    expect(report).toContain(`bad: ${told}`);
    expect(report).toContain(`warn ${told}`);
  });
});
