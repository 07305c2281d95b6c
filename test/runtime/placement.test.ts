import { describe, expect, it } from 'vitest';
import { bindingOf, inTurn, isKept, mayRest, mayRun, slotFor, upkeepOf } from '../../src-main/runtime/placement.ts';
import type { Capacity, SlotView, Waiting } from '../../src-main/runtime/placement.ts';

const waiting = (all: number, needy = all): Waiting => ({ all, needy });

const capacityOf = (more: Partial<Capacity> = {}): Capacity => ({
  isolation: 'caller',
  workers: 2,
  spares: 1,
  most: 6,
  ...more,
});

let id = 0;
const slot = (state: SlotView['state'], binding: string | null = null, lastUse = 0, isLong = false): SlotView => ({
  id: ++id,
  state,
  isLong,
  binding,
  lastUse,
});

describe('who may meet whom', () => {
  it('in mode shared is everybody', () => {
    expect(bindingOf('shared', 'ann', 'script')).toBe(bindingOf('shared', 'bob', 'function'));
  });

  it.each(['caller', 'request'] as const)('in mode %s is one caller, scripts and functions apart', (mode) => {
    for (const kind of ['script', 'function'] as const) {
      expect(bindingOf(mode, 'ann', kind)).toBe(bindingOf(mode, 'ann', kind));
      expect(bindingOf(mode, 'ann', kind)).not.toBe(bindingOf(mode, 'bob', kind));
    }
    expect(bindingOf(mode, 'ann', 'script')).not.toBe(bindingOf(mode, 'ann', 'function'));
  });

  it('is not for a caller to choose by its name', () => {
    expect(bindingOf('caller', 'functions', 'script')).not.toBe(bindingOf('caller', 'x', 'function'));
    expect(bindingOf('caller', 'shared', 'script')).not.toBe(bindingOf('shared', 'x', 'script'));
  });
});

describe('a question about a source', () => {
  const SOURCE = bindingOf('caller', 'x', 'source');
  const full = [slot('busy', 'a', 1), slot('busy', 'b', 2), slot('busy', 'c', 3, true), slot('busy', 'd', 4, true)];

  it.each(['shared', 'caller', 'request'] as const)('meets nobody in mode %s', (mode) => {
    expect(bindingOf(mode, 'ann', 'source')).toBe(bindingOf(mode, 'bob', 'source'));
    for (const kind of ['script', 'function'] as const)
      expect(bindingOf(mode, 'ann', 'source')).not.toBe(bindingOf(mode, 'ann', kind));
  });

  it('waits for nobody’s script, and keeps nobody from a worker', () => {
    const [own, fresh] = [slot('idle', SOURCE, 1), slot('idle')];
    expect(slotFor([...full, own, fresh], SOURCE, capacityOf())).toBe(own);
    expect(slotFor([...full, fresh], SOURCE, capacityOf())).toBe(fresh);
    expect(slotFor([slot('busy', SOURCE, 1), slot('busy', 'a', 2), fresh], 'b', capacityOf())).toBe(fresh);
  });

  it('waits for another one rather than cost memory', () => {
    expect(slotFor([slot('busy', SOURCE, 1), slot('idle')], SOURCE, capacityOf())).toBeNull();
  });

  it('has an interpreter that stays where others go', () => {
    expect([isKept(SOURCE, 'request'), isKept('a', 'request')]).toEqual([true, false]);
    expect([mayRest(SOURCE, 'shared'), mayRest('shared', 'shared'), mayRest(null, 'caller')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('leaves mode shared its interpreters', () => {
    const capacity = capacityOf({ isolation: 'shared' });
    expect(upkeepOf([slot('idle', SOURCE, 1)], waiting(0), capacity).start).toBe(
      upkeepOf([], waiting(0), capacity).start,
    );
  });
});

describe('the interpreter that serves a request', () => {
  it('is the one that this caller used last', () => {
    const [old, recent] = [slot('idle', 'a', 3), slot('idle', 'a', 9)];
    expect(slotFor([slot('idle'), old, recent, slot('idle', 'b', 12)], 'a', capacityOf())).toBe(recent);
  });

  it('is otherwise one that has run nothing yet', () => {
    const fresh = slot('idle');
    expect(slotFor([slot('idle', 'b', 1), fresh, slot('idle')], 'a', capacityOf())).toBe(fresh);
  });

  it.each([
    ["another caller's", [slot('idle', 'b', 1)]],
    ['a busy one', [slot('busy', 'a', 1)]],
    ['one that is still starting', [slot('starting')]],
    ['one more than may run at once', [slot('busy', 'b', 1), slot('busy', 'c', 2), slot('idle', 'a', 3), slot('idle')]],
  ])('is never %s', (_, slots) => {
    expect(slotFor(slots, 'a', capacityOf())).toBeNull();
  });

  it('in mode shared is the most recent one', () => {
    const recent = slot('idle', 'shared', 8);
    expect(
      slotFor([slot('idle', 'shared', 2), recent, slot('idle')], 'shared', capacityOf({ isolation: 'shared' })),
    ).toBe(recent);
  });
});

describe('a caller with nothing running', () => {
  const long = [slot('busy', 'a', 1, true), slot('busy', 'a', 2, true)];

  it('does not wait for what runs for long, as long as no more than twice as many run', () => {
    expect(mayRun(long, 'b', capacityOf())).toBe(true);
    expect(mayRun([...long, slot('busy', 'c', 3, true)], 'b', capacityOf())).toBe(true);
    expect(mayRun([...long, slot('busy', 'c', 3, true), slot('busy', 'd', 3, true)], 'b', capacityOf())).toBe(false);
    const fresh = slot('idle');
    expect(slotFor([...long, fresh], 'b', capacityOf())).toBe(fresh);
  });

  it('waits for what has only begun', () => {
    expect(mayRun([slot('busy', 'a', 1), slot('busy', 'a', 2, true)], 'b', capacityOf())).toBe(true);
    expect(mayRun([slot('busy', 'a', 1), slot('busy', 'a', 2)], 'b', capacityOf())).toBe(false);
  });

  it('is served before those who have', () => {
    const waiters = ['a', 'a', 'b', 'c', 'a', 'b'].map((binding, at) => ({ binding, at }));
    const order = inTurn(waiters, [
      slot('busy', 'a', 1),
      slot('busy', 'a', 2),
      slot('busy', 'c', 3),
      slot('idle', 'b'),
    ]);
    expect(order.map(({ binding, at }) => `${binding}${at}`)).toEqual(['b2', 'b5', 'c3', 'a0', 'a1', 'a4']);
  });

  it('gets an interpreter started; who has some running long does not', () => {
    expect(mayRun(long, 'a', capacityOf())).toBe(false);
    expect(upkeepOf(long, waiting(1), capacityOf()).start).toBe(2);
    expect(upkeepOf(long, waiting(0), capacityOf()).start).toBe(1);
  });
});

describe('what is done so that the next request finds an interpreter', () => {
  const nothing = { start: 0, retire: [] };

  it('is to start a spare when there is nothing', () => {
    expect(upkeepOf([], waiting(0), capacityOf())).toEqual({ start: 1, retire: [] });
  });

  it('is nothing while a spare is there or on its way', () => {
    expect(upkeepOf([slot('idle')], waiting(0), capacityOf())).toEqual(nothing);
    expect(upkeepOf([slot('starting')], waiting(0), capacityOf())).toEqual(nothing);
  });

  it('is to start the next spare once the last one is in use', () => {
    expect(upkeepOf([slot('busy', 'a', 1)], waiting(0), capacityOf()).start).toBe(1);
    expect(upkeepOf([slot('idle', 'a', 1)], waiting(0), capacityOf()).start).toBe(1);
  });

  it('is to start one for each who waits, as far as they may run at once', () => {
    expect(upkeepOf([], waiting(5), capacityOf({ workers: 3 })).start).toBe(4);
    expect(upkeepOf([slot('busy', 'a', 1), slot('busy', 'b', 2)], waiting(5), capacityOf()).start).toBe(1);
  });

  it('is to give up the ones that were used longest ago when there is no room for who has none', () => {
    const [oldest, old, recent] = [slot('idle', 'a', 1), slot('idle', 'b', 2), slot('idle', 'c', 3)];
    const slots = [recent, oldest, old];
    expect(upkeepOf(slots, waiting(1), capacityOf({ most: 3 }))).toEqual({ start: 1, retire: [oldest.id] });
    expect(upkeepOf(slots, waiting(2), capacityOf({ most: 3 }))).toEqual({ start: 2, retire: [oldest.id, old.id] });
    expect(upkeepOf(slots, waiting(1), capacityOf({ most: 4 }))).toEqual({ start: 1, retire: [] });
  });

  it('is not to give up a warm one for a spare, or for a second one of the same caller', () => {
    const slots = [slot('idle', 'a', 1), slot('idle', 'b', 2), slot('busy', 'c', 3)];
    expect(upkeepOf(slots, waiting(0), capacityOf({ most: 3 }))).toEqual(nothing);
    expect(upkeepOf(slots, waiting(1, 0), capacityOf({ most: 3 }))).toEqual(nothing);
    expect(upkeepOf(slots, waiting(1, 0), capacityOf({ most: 5 }))).toEqual({ start: 2, retire: [] });
  });

  it('is never to give up a busy one or to have more than may live', () => {
    const slots = [slot('busy', 'a', 1), slot('busy', 'b', 2), slot('starting')];
    expect(upkeepOf(slots, waiting(9), capacityOf({ most: 3 }))).toEqual(nothing);
    for (let most = 0; most < 8; most += 1) {
      const { start, retire } = upkeepOf(
        [slot('idle', 'a', 1), slot('busy', 'b', 2)],
        waiting(4),
        capacityOf({ most }),
      );
      expect(2 - retire.length + start).toBeLessThanOrEqual(Math.max(2, most));
    }
  });

  it('in mode shared is to have one for every worker and a spare', () => {
    const capacity = capacityOf({ isolation: 'shared' });
    expect(upkeepOf([], waiting(0), capacity).start).toBe(3);
    expect(upkeepOf([slot('idle', 'shared', 1), slot('idle', 'shared', 2)], waiting(0), capacity).start).toBe(1);
    expect(
      upkeepOf([slot('busy', 'shared', 1), slot('idle', 'shared', 2), slot('idle')], waiting(0), capacity),
    ).toEqual(nothing);
  });
});
