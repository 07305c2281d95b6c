import { describe, expect, it } from 'vitest';
import { ownFault } from '../../src-shared/own-fault.ts';

describe('an error of the program itself', () => {
  it('is its name and words, with where it was below them', () => {
    const { text, detail } = ownFault(new TypeError('no such part'));
    expect(text).toBe('TypeError: no such part');
    expect(detail[0]).toMatch(/^at .*own-fault\.test\.ts/);
  });

  it('does not quote what could not be read as JSON', () => {
    const failed = (): OwnFaultOf => {
      try {
        return JSON.parse('{"secret": Bergman}') as never;
      } catch (error) {
        return ownFault(error);
      }
    };
    expect(JSON.stringify(failed())).not.toContain('Bergman');
  });

  it('may be anything that was thrown', () => {
    expect(ownFault('gone')).toEqual({ text: 'gone', detail: [] });
  });
});

type OwnFaultOf = ReturnType<typeof ownFault>;
