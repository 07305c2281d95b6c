import { describe, expect, it } from 'vitest';
import { createLog, inBatches } from '../../src-main/activity/log.ts';

const noon = (): Date => new Date('2026-11-24T12:00:00.123Z');

describe('the log', () => {
  it('writes one line an event, with time and level', () => {
    const lines: string[] = [];
    createLog({ level: 'info', write: (line) => void lines.push(line), now: noon }).warn('Python ended');
    expect(lines).toEqual(['2026-11-24 12:00:00.123 warn  Python ended\n']);
  });

  it('leaves out what is below its level', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'warn', write: (line) => void lines.push(line), now: noon });
    log.debug('a');
    log.info('b');
    log.error('c');
    expect(lines).toHaveLength(1);
  });

  it('lets no text forge a line of its own', () => {
    const lines: string[] = [];
    createLog({ level: 'info', write: (line) => void lines.push(line), now: noon }).info(
      'a\r\n2026-11-24 error b\u2028c',
    );
    expect(
      lines
        .join('')
        .trimEnd()
        .split(/[\r\n\u2028]/),
    ).toHaveLength(1);
  });

  it('writes the lines of one moment together', async () => {
    const written: string[] = [];
    const write = inBatches((text) => written.push(text));
    write('a\n');
    write('b\n');
    await new Promise((resolve) => setImmediate(resolve));
    write('c\n');
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toEqual(['a\nb\n', 'c\n']);
  });
});
