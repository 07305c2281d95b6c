import { describe, expect, it } from 'vitest';
import { bindingOf, freeWorkers, isKept, mayRest, turnOf, upkeepOf } from '../../src-main/runtime/pool-rules.ts';
import type { Capacity, Need } from '../../src-main/runtime/pool-rules.ts';

const capacityOf = (more: Partial<Capacity> = {}): Capacity => ({
  isolation: 'caller',
  workers: 2,
  spares: 1,
  most: 6,
  ...more,
});

const named = (key: string, party = 'home') => ({ key, party });
const [ann, bob, x] = [named('ann'), named('bob'), named('x')];

const NONE: Need = { busy: 0, long: 0, living: 0, ready: 0, resting: 0, waiting: 0, needy: 0, sources: 0 };
const upkeep = (need: Partial<Need>, capacity: Partial<Capacity> = {}) =>
  upkeepOf({ ...NONE, ...need }, capacityOf(capacity));

describe('who may meet whom', () => {
  it('in mode shared is everybody', () => {
    expect(bindingOf('shared', ann, 'script')).toBe(bindingOf('shared', bob, 'function'));
  });

  it.each(['caller', 'request'] as const)('in mode %s is one caller, scripts and functions apart', (mode) => {
    for (const kind of ['script', 'function'] as const) {
      expect(bindingOf(mode, ann, kind)).toBe(bindingOf(mode, ann, kind));
      expect(bindingOf(mode, ann, kind)).not.toBe(bindingOf(mode, bob, kind));
    }
    expect(bindingOf(mode, ann, 'script')).not.toBe(bindingOf(mode, ann, 'function'));
  });

  it('in mode address is all callers of one address, scripts and functions apart', () => {
    const away = named('ann', 'away');
    for (const kind of ['script', 'function'] as const) {
      expect(bindingOf('address', ann, kind)).toBe(bindingOf('address', bob, kind));
      expect(bindingOf('address', ann, kind)).not.toBe(bindingOf('address', away, kind));
    }
    expect(bindingOf('address', ann, 'script')).not.toBe(bindingOf('address', ann, 'function'));
  });

  it('is not for a caller to choose by its name', () => {
    expect(bindingOf('caller', named('functions'), 'script')).not.toBe(bindingOf('caller', x, 'function'));
    expect(bindingOf('caller', named('shared'), 'script')).not.toBe(bindingOf('shared', x, 'script'));
  });
});

describe('a question about a source', () => {
  const SOURCE = bindingOf('caller', x, 'source');

  it.each(['shared', 'caller', 'request'] as const)('meets nobody in mode %s', (mode) => {
    expect(bindingOf(mode, ann, 'source')).toBe(bindingOf(mode, bob, 'source'));
    for (const kind of ['script', 'function'] as const)
      expect(bindingOf(mode, ann, 'source')).not.toBe(bindingOf(mode, ann, kind));
  });

  it('has an interpreter that stays where others go', () => {
    const SHARED = bindingOf('shared', x, 'script');
    expect([isKept(SOURCE, 'request'), isKept('a', 'request')]).toEqual([true, false]);
    expect([mayRest(SOURCE), mayRest(SHARED), mayRest(null), mayRest('a')]).toEqual([true, false, false, true]);
  });

  it('gets an interpreter beside those for the workers', () => {
    expect(upkeep({ busy: 2, living: 2, sources: 1 }).start).toBe(2);
    expect(upkeep({ busy: 2, living: 3, resting: 1, sources: 1 }, { most: 3 })).toEqual({ start: 1, retire: 1 });
    expect(upkeep({ sources: 1 }, { isolation: 'shared' }).start).toBe(4);
  });
});

describe('whose turn it is', () => {
  it('is everybody’s while workers are free, and nobody’s while all are busy', () => {
    expect(turnOf({ busy: 1, long: 0 }, capacityOf())).toEqual({ kind: 'any' });
    expect(turnOf({ busy: 2, long: 0 }, capacityOf())).toEqual({ kind: 'nobody' });
    expect(turnOf({ busy: 3, long: 1 }, capacityOf())).toEqual({ kind: 'nobody' });
  });

  it('is that of who has nothing running while others run for long', () => {
    expect(turnOf({ busy: 2, long: 1 }, capacityOf())).toEqual({ kind: 'resting', mostOfParty: 5, mostEndless: 4 });
    expect(turnOf({ busy: 4, long: 4 }, capacityOf())).toEqual({ kind: 'resting', mostOfParty: 5, mostEndless: 4 });
    expect(freeWorkers({ busy: 4, long: 4 }, capacityOf())).toBe(2);
  });

  it('leaves at least one interpreter to other parties, and never runs more than may live', () => {
    expect(turnOf({ busy: 2, long: 2 }, capacityOf({ most: 3 }))).toEqual({
      kind: 'resting',
      mostOfParty: 2,
      mostEndless: 1,
    });
    expect(turnOf({ busy: 6, long: 6 }, capacityOf())).toEqual({ kind: 'nobody' });
    expect(freeWorkers({ busy: 6, long: 6 }, capacityOf())).toBe(0);
  });
});

describe('what is done so that the next request finds an interpreter', () => {
  const nothing = { start: 0, retire: 0 };

  it('is to start a spare when there is nothing', () => {
    expect(upkeep({})).toEqual({ start: 1, retire: 0 });
  });

  it('is nothing while a spare is there or on its way', () => {
    expect(upkeep({ living: 1, ready: 1 })).toEqual(nothing);
  });

  it('is to start the next spare once the last one is in use', () => {
    expect(upkeep({ busy: 1, living: 1 }).start).toBe(1);
    expect(upkeep({ living: 1, resting: 1 }).start).toBe(1);
  });

  it('is to start one for each who waits, as far as they may run at once', () => {
    expect(upkeep({ waiting: 5, needy: 5 }, { workers: 3 }).start).toBe(4);
    expect(upkeep({ busy: 2, living: 2, waiting: 5, needy: 5 }).start).toBe(1);
  });

  it('is to start one for who waits beside long runners', () => {
    expect(upkeep({ busy: 2, long: 2, living: 2, waiting: 1, needy: 1 }).start).toBe(2);
    expect(upkeep({ busy: 2, long: 2, living: 2 }).start).toBe(1);
  });

  it('is to give up as many as are missing when there is no room for who has none', () => {
    const full = { living: 3, resting: 3 };
    expect(upkeep({ ...full, waiting: 1, needy: 1 }, { most: 3 })).toEqual({ start: 1, retire: 1 });
    expect(upkeep({ ...full, waiting: 2, needy: 2 }, { most: 3 })).toEqual({ start: 2, retire: 2 });
    expect(upkeep({ ...full, waiting: 1, needy: 1 }, { most: 4 })).toEqual({ start: 1, retire: 0 });
  });

  it('is not to give up a warm one for a spare, or for a second one of the same caller', () => {
    const two = { busy: 1, living: 3, resting: 2 };
    expect(upkeep(two, { most: 3 })).toEqual(nothing);
    expect(upkeep({ ...two, waiting: 1 }, { most: 3 })).toEqual(nothing);
    expect(upkeep({ ...two, waiting: 1 }, { most: 5 })).toEqual({ start: 2, retire: 0 });
  });

  it('is never to give up a busy one or to have more than may live', () => {
    expect(upkeep({ busy: 2, living: 3, ready: 1, waiting: 9, needy: 9 }, { most: 3 })).toEqual(nothing);
    for (let most = 0; most < 8; most += 1) {
      const { start, retire } = upkeep({ busy: 1, living: 2, resting: 1, waiting: 4, needy: 4 }, { most });
      expect(2 - retire + start).toBeLessThanOrEqual(Math.max(2, most));
    }
  });

  it('in mode shared is to have one for every worker and a spare', () => {
    const shared = { isolation: 'shared' } as const;
    expect(upkeep({}, shared).start).toBe(3);
    expect(upkeep({ living: 2, ready: 2 }, shared).start).toBe(1);
    expect(upkeep({ busy: 1, living: 3, ready: 2 }, shared)).toEqual(nothing);
  });
});
