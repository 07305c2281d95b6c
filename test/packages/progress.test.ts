import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src-main/packages/progress.ts';
import type { Progress } from '../../src-main/packages/progress.ts';

const CLEAR = '\r\u001B[K';

/** What is on the screen after `work`: each redrawn line as it stood, at a clock that goes on by a second a look. */
function shown(isTTY: boolean, work: (progress: Progress) => void): readonly string[] {
  const written: string[] = [];
  let now = 0;
  const screen = { isTTY, columns: 120, write: (text: string) => written.push(text) };
  work(createProgress(screen, () => (now += 1_000)));
  return written.map((text) => text.replace(CLEAR, '').trim()).filter((text) => text !== '');
}

describe('progress on a terminal', () => {
  it('shows one line with percent, megabytes and the current file', () => {
    const lines = shown(true, (progress) => {
      progress.begin(4);
      progress.file('numpy-2.4.3.whl');
      progress.done();
      progress.file('pandas-3.0.2.whl');
      progress.expect(4_000_000);
      progress.bytes(2_000_000);
    });
    expect(lines.at(-1)).toBe('[█████████░░░░░░░░░░░░░░░] 38 % (1 of 4 packages, 2.0 MB) pandas-3.0.2.whl');
  });

  it('never goes back while a download that brings many files is unpacked', () => {
    const lines = shown(true, (progress) => {
      progress.begin(10);
      progress.file('carrier', 10);
      progress.expect(100);
      progress.bytes(90);
      progress.done();
    });
    expect(lines.at(-1)).toContain('90 % (1 of 10 packages');
  });

  it('begins anew with the next source', () => {
    const lines = shown(true, (progress) => {
      progress.begin(2);
      progress.done();
      progress.begin(1);
      progress.note('Fetching from elsewhere');
    });
    expect(lines.at(-1)).toContain('0 % (0 of 1 packages)');
  });

  it('is not wider than the terminal', () => {
    const lines = shown(true, (progress) => {
      progress.begin(1);
      progress.file('x'.repeat(500));
    });
    expect(lines.at(-1)).toHaveLength(119);
  });
});

describe('progress elsewhere', () => {
  it('writes a line every ten seconds', () => {
    const lines = shown(false, (progress) => {
      progress.begin(40);
      for (let count = 0; count < 25; count += 1) progress.done();
      progress.end();
    });
    expect(lines).toEqual([
      '25 % (10 of 40 packages)',
      '50 % (20 of 40 packages)',
      '25 Python packages fetched and checked',
    ]);
  });

  it('says nothing at the end when nothing was fetched', () => {
    expect(shown(false, (progress) => (progress.begin(2), progress.end()))).toEqual([]);
  });
});
