// Addresses of screens.

import { describe, expect, it } from 'vitest';
import { hashOf, routeOf } from '../../../src-renderer/store/route.ts';

describe('an address', () => {
  it.each([
    ['', 'home', null],
    ['#settings', 'settings', null],
    ['#settings/port', 'settings', 'port'],
    ['#nonsense', 'home', null],
    ['#functions/a%2Fb%20c', 'functions', 'a/b c'],
    ['#functions/%zz', 'functions', '%zz'],
  ])('%s leads to %s (%s)', (hash, screen, detail) => {
    expect(routeOf(hash)).toEqual({ screen, detail });
  });

  it('survives any name of a function', () => {
    expect(routeOf(hashOf('functions', 'profit ratio/#?'))).toEqual({ screen: 'functions', detail: 'profit ratio/#?' });
  });
});
