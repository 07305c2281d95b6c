import { describe, expect, it } from 'vitest';
import { basicCredentials } from '../../src-main/http/credentials.ts';

describe('the header of a request', () => {
  it.each([
    ['Basic dXNlcjE6UEBzc3cwcmQ=', 'user1', 'P@ssw0rd'],
    ['basic dTpw', 'u', 'p'],
    ['Basic dTpw!', 'u', 'p'],
    ['Basic Og==', '', ''],
    ['Basic dTo=', 'u', ''],
    ['Basic w6k6w6k=', 'é', 'é'],
  ])('%s carries %s and %s', (header, user, password) => {
    expect(basicCredentials(header)).toEqual({ user, password });
  });

  it.each([
    undefined,
    '',
    'Basic',
    'Basic ',
    'Basic x',
    'Basic  dTpw',
    'Basic dTpw x',
    'Basic dXNlcg==',
    'Basic dXNlcg',
    'Basic dTpwOng=',
    'Basic //8=',
    'Bearer dTpw',
    'Digest x',
  ])('%s carries no credentials, as TabPy sees it', (header) => {
    expect(basicCredentials(header)).toBeNull();
  });
});
