import { describe, expect, it } from 'vitest';
import type { RequestError } from '../../src-shared/request-record.ts';
import { requestFacts } from '../support/request-facts.ts';
import { requestEntry } from '../../src-main/activity/request-entry.ts';

const RECORD = requestFacts({
  id: 12,
  elapsedMs: 3.24,
  requestBytes: 120,
  responseBytes: 80,
  client: 'Tableau 2026.1',
  user: 'ann',
});
const nobody = { error: null, signedInAs: null };

const failed = (error: Partial<RequestError>) =>
  requestEntry(
    { ...RECORD, status: 500, failure: 'ValueError : could not convert Bergman' },
    {
      error: { type: 'ValueError', text: 'could not convert Bergman', line: 3, traceback: null, ...error },
      signedInAs: null,
    },
    false,
  );

describe('the log line of a request', () => {
  it('says who asked for what, what came of it, how long it took and how much it was', () => {
    expect(requestEntry(RECORD, nobody, false)).toMatchObject({
      level: 'info',
      text: '#12 ::1 ann POST /evaluate 200 3.2 ms 120+80 bytes',
      detail: [],
    });
  });

  it('says with details what TabPy says with TABPY_LOG_DETAILS', () => {
    const { text } = requestEntry({ ...RECORD, user: null }, { error: null, signedInAs: 'bob' }, true);
    expect(text).toBe(
      '#12 ::1 POST /evaluate 200 3.2 ms 120+80 bytes [client Tableau 2026.1, Tableau user -, TabPy user bob]',
    );
  });

  it.each([
    [200, 'info'],
    [204, 'info'],
    [401, 'warn'],
    [413, 'warn'],
    [500, 'error'],
  ])('with status %i is of level %s', (status, level) => {
    expect(requestEntry({ ...RECORD, ...requestFacts({ status }) }, nobody, false).level).toBe(level);
  });

  it('says in our own words why a request was refused', () => {
    const refused = { ...RECORD, status: 408, failure: 'User defined script timed out. Timeout is set to 3.0 s.' };
    expect(requestEntry(refused, nobody, false).text).toMatch(/408 .* bytes User defined script timed out/);
  });

  it('says of what a script raised its class and line, and not its text', () => {
    const { text, request } = failed({});
    expect(text).toBe('#12 ::1 ann POST /evaluate 500 3.2 ms 120+80 bytes ValueError in line 3');
    expect(request).toMatchObject({ failure: 'ValueError', line: 3 });
    expect(failed({ line: null }).text).toMatch(/ValueError$/);
  });

  it('folds the way through the script, without its source and its texts', () => {
    const traceback = [
      '  line 9',
      "    return convert('Bergman')",
      '  line 3, in convert',
      '    return float(name)',
      'ValueError: could not convert Bergman',
      '  line 4, in "Bergman"',
      ' line 5, in Bergman',
    ].join('\n');
    expect(failed({ traceback }).detail).toEqual(['line 9', 'line 3, in convert']);
    expect(JSON.stringify(failed({ traceback }))).not.toContain('Bergman');
  });

  it('folds nothing where the line says it all', () => {
    expect(failed({ traceback: '  line 3\n    x\nValueError: y' }).detail).toEqual([]);
  });

  it('takes no class for a name that is none', () => {
    expect(failed({ type: 'Aaron Bergman' }).text).toMatch(/an error in line 3$/);
  });
});
