import { describe, expect, it, vi } from 'vitest';
import { createLog, inBatches, jsonOfEntry, lineOfEntry } from '../../src-main/activity/log.ts';
import type { LogEntry, LogLevel } from '../../src-shared/log-entry.ts';

const NOON = Date.parse('2026-11-24T12:00:00.123Z');

const REQUEST = {
  id: 7,
  address: '::1',
  method: 'POST',
  path: '/evaluate',
  status: 500,
  ms: 3.2,
  bytesIn: 10,
  bytesOut: 20,
  client: null,
  user: null,
  signedInAs: null,
  failure: 'ValueError',
  line: 3,
};

function logOf(level: LogLevel = 'info') {
  const entries: LogEntry[] = [];
  return {
    entries,
    log: createLog({ level: () => level, takers: [(entry) => void entries.push(entry)], now: () => NOON }),
  };
}

describe('the log', () => {
  it('takes one entry an event, numbered, which reads as a line with time and level', () => {
    const { log, entries } = logOf();
    log.info('Python started');
    log.warn('Python ended');
    expect(entries.map((entry) => entry.id)).toEqual([1, 2]);
    expect(lineOfEntry(entries[1]!)).toBe('2026-11-24 12:00:00.123 warn  Python ended\n');
  });

  it('leaves out what is below its level', () => {
    const { log, entries } = logOf('warn');
    log.debug('a');
    log.info('b');
    log.error('c');
    expect(entries.map((entry) => entry.text)).toEqual(['c']);
  });

  it('folds away below a line what belongs to it, which can forge no entry either', () => {
    const { log, entries } = logOf();
    log.error('it failed', { detail: ['line 1', 'line 2\n2026-11-24 error x', ...Array<string>(100).fill('more')] });
    const lines = lineOfEntry(entries[0]!).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '2026-11-24 12:00:00.123 error it failed',
      '    line 1',
      '    line 2 | 2026-11-24 error x',
    ]);
    expect(lines).toHaveLength(52);
  });

  it('is JSON for programs, an object a line', () => {
    const { log, entries } = logOf();
    log.info('listening\nhere');
    log.error('#7', { detail: ['line 1'], request: { ...REQUEST, user: 'a\u001Bb' } });
    const [first, second] = entries.map(jsonOfEntry);
    expect(first).toBe('{"time":"2026-11-24T12:00:00.123Z","level":"info","message":"listening | here"}\n');
    expect(JSON.parse(second!)).toEqual({
      time: '2026-11-24T12:00:00.123Z',
      level: 'error',
      message: '#7',
      ...REQUEST,
      user: 'a\\u001bb',
      traceback: ['line 1'],
    });
  });

  it('lets no text forge an entry of its own', () => {
    const { log, entries } = logOf();
    log.info('a\r\n2026-11-24 error b\u2028c');
    expect(entries.map((entry) => entry.text)).toEqual(['a | 2026-11-24 error b | c']);
  });

  it('lets no text steer a terminal or turn the order of its letters', () => {
    const { log, entries } = logOf();
    log.info('a\u001B[2Jb\u009Bc\u0000d\u0008e\u202Ef\tg');
    expect(entries.map((entry) => entry.text)).toEqual(['a\\u001b[2Jb\\u009bc\\u0000d\\u0008e\\u202ef\tg']);
  });

  it('keeps the beginning of a text that is too long for a line', () => {
    const { log, entries } = logOf();
    log.info('x'.repeat(10_000_000));
    expect(entries[0]!.text).toBe(`${'x'.repeat(4_000)}… (10000000 characters)`);
  });

  it('writes the lines of one moment together, and those that follow soon a little later', async () => {
    const written: string[] = [];
    const { print, flush } = inBatches((text) => written.push(text));
    print('a\n');
    print('b\n');
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toEqual(['a\nb\n']);
    print('c\n');
    print('d\n');
    await vi.waitFor(() => expect(written).toEqual(['a\nb\n', 'c\nd\n']));
    print('e\n');
    flush();
    flush();
    expect(written.slice(2)).toEqual(['e\n']);
  });
});
