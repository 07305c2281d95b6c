import { describe, expect, it } from 'vitest';
import { WaitingLines } from '../../src-main/runtime/waiting-lines.ts';

const ANY = { kind: 'any' } as const;
const RESTING = { kind: 'resting', mostOfParty: 4, mostEndless: 2 } as const;

/** Lines whose bindings are warm or living as the test says; a request is named by party, binding and number: `home/ann1`. */
function linesOf({ warm = ['*'], living = ['*'], limit = 1_000, isKept = false } = {}) {
  const clock = { now: 0 };
  const has = (names: readonly string[], binding: string): boolean => names.includes('*') || names.includes(binding);
  const lines = new WaitingLines<string>({
    limit,
    isWarm: (binding) => has(warm, binding),
    hasAny: (binding) => has(living, binding),
    isKept: () => isKept,
    now: () => clock.now,
  });
  const join = (...names: string[]) =>
    names.map((name) => {
      const [party, rest] = name.split('/') as [string, string];
      return lines.join(lines.line(party, rest.replace(/\d+$/, ''), rest.startsWith('endless')), name);
    });
  /** Serves all that are served one after another, none of which ends. */
  const served = (count: number, turn: typeof ANY | typeof RESTING = ANY, withFresh = true): string[] => {
    const names: string[] = [];
    for (let left = count; left > 0; left -= 1) {
      const waiter = lines.next(turn, withFresh);
      if (!waiter) break;
      lines.began(waiter.line);
      lines.leave(waiter);
      names.push(waiter.item);
    }
    return names;
  };
  return { lines, join, served, clock };
}

describe('requests that wait', () => {
  it('of one caller are served in the order of coming', () => {
    const { join, served } = linesOf();
    join('home/ann1', 'home/ann2', 'home/ann3');
    expect(served(9)).toEqual(['home/ann1', 'home/ann2', 'home/ann3']);
  });

  it('of who has the least running come first, and those who have as much take turns', () => {
    const { join, served } = linesOf();
    join('a/ann1', 'a/ann2', 'a/ann3', 'b/bob1', 'b/bob2', 'c/cid1');
    expect(served(9)).toEqual(['a/ann1', 'b/bob1', 'c/cid1', 'a/ann2', 'b/bob2', 'a/ann3']);
  });

  it('of one address count together, whatever names they claim', () => {
    const { join, served } = linesOf();
    join(...Array.from({ length: 6 }, (_, at) => `loud/name${at}x`), 'quiet/bob1', 'quiet/bob2');
    expect(served(4).filter((name) => name.startsWith('quiet'))).toHaveLength(2);
  });

  it('of one address under two names are served in turn', () => {
    const { join, served } = linesOf();
    join('home/ann1', 'home/ann2', 'home/ann3', 'home/bob1');
    expect(served(2)).toEqual(['home/ann1', 'home/bob1']);
  });

  it('for a binding without an idle interpreter wait for a fresh one, and keep nobody else waiting', () => {
    const { join, served } = linesOf({ warm: ['bob'] });
    join('a/ann1', 'b/bob1');
    expect(served(9, ANY, false)).toEqual(['b/bob1']);
    expect(served(9, ANY, true)).toEqual(['a/ann1']);
  });

  it('beside long runners are those of who has nothing running', () => {
    const { lines, join, served } = linesOf();
    const [waiter] = join('a/ann1');
    lines.began(waiter!.line);
    join('a/ann2', 'a/abe1', 'b/bob1');
    expect(served(9, RESTING)).toEqual(['b/bob1', 'a/abe1']);
  });

  it('beside long runners are of no party that has as many running as it may', () => {
    const { join, served } = linesOf();
    join(...['a1', 'b1', 'c1', 'd1', 'e1', 'f1'].map((name) => `loud/${name}`));
    expect(served(9, RESTING)).toHaveLength(4);
    join('quiet/zoe1');
    expect(served(9, RESTING)).toEqual(['quiet/zoe1']);
  });

  it('without a deadline leave room for scripts of the same address', () => {
    const { join, served } = linesOf();
    join(...Array.from({ length: 9 }, (_, at) => `loud/endless${at}x`), 'loud/script1', 'loud/other1', 'loud/third1');
    expect(served(9, RESTING)).toEqual(['loud/script1', 'loud/other1', 'loud/third1']);
    const more = linesOf();
    more.join(...Array.from({ length: 9 }, (_, at) => `loud/endless${at}x`));
    expect(more.served(9, RESTING)).toHaveLength(2);
    more.join('loud/script1');
    expect(more.served(9, RESTING)).toEqual(['loud/script1']);
  });

  it('may leave at any place', () => {
    const { lines, join, served } = linesOf();
    const [, second] = join('a/ann1', 'a/ann2', 'a/ann3');
    expect(lines.leave(second!)).toBe(true);
    expect(lines.leave(second!)).toBe(false);
    expect(lines.count).toBe(2);
    expect(served(9)).toEqual(['a/ann1', 'a/ann3']);
  });
});

describe('places to wait', () => {
  it('are half for one party, and a few more for who has nothing waiting', () => {
    const { lines, join } = linesOf({ limit: 16 });
    join(...Array.from({ length: 8 }, (_, at) => `loud/ann${at}`));
    expect(lines.hasPlace(lines.line('loud', 'ann'))).toBe(false);
    expect(lines.hasPlace(lines.line('loud', 'bob'))).toBe(true);
    join('loud/bob1', 'loud/cid1');
    expect(lines.hasPlace(lines.line('loud', 'dan'))).toBe(false);
    expect(lines.hasPlace(lines.line('quiet', 'eve'))).toBe(true);
  });

  it('of the last half are never taken by one party under a thousand names', () => {
    const { lines } = linesOf({ limit: 1_000 });
    for (let at = 0; at < 1_010; at += 1) {
      const line = lines.line('loud', `name ${at}`);
      if (lines.hasPlace(line)) lines.join(line, `${at}`);
    }
    expect(lines.count).toBe(625);
    expect(lines.hasPlace(lines.line('quiet', 'eve'))).toBe(true);
  });
});

describe('a binding', () => {
  it('is needy when it has no interpreter', () => {
    const { lines, join } = linesOf({ warm: [], living: ['ann'] });
    join('a/ann1', 'b/bob1', 'b/bob2');
    expect(lines.need(ANY)).toEqual({ waiting: 3, needy: 1 });
    expect(lines.need({ kind: 'nobody' })).toEqual({ waiting: 0, needy: 0 });
  });

  it('is needy when it was short of one for as long as a start takes, with breaks of a moment', () => {
    const { lines, join, clock } = linesOf({ warm: [], isKept: true });
    for (clock.now = 0; clock.now <= 900; clock.now += 90) {
      const [waiter] = join('a/ann1');
      expect(lines.need(ANY).needy).toBe(0);
      lines.leave(waiter!);
    }
    clock.now = 999;
    join('a/ann1');
    expect(lines.need(ANY).needy).toBe(0);
    clock.now = 1_000;
    lines.judgeAll();
    expect(lines.need(ANY).needy).toBe(1);
  });

  it('is not needy after a break', () => {
    const { lines, join, clock } = linesOf({ warm: [], isKept: true });
    const [waiter] = join('a/ann1');
    lines.leave(waiter!);
    clock.now = 5_000;
    join('a/ann1');
    expect(lines.need(ANY).needy).toBe(0);
  });

  it('that nobody waits for any more is forgotten', () => {
    const { lines, join } = linesOf({ warm: [] });
    const [waiter] = join('a/ann1');
    const { line } = waiter!;
    lines.leave(waiter!);
    expect(lines.line('a', 'ann')).not.toBe(line);
    expect(lines.need(ANY)).toEqual({ waiting: 0, needy: 0 });
  });
});
