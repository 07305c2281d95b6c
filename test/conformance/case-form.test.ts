import { describe, expect, it } from 'vitest';
import { caseFiles, casesOf, recording } from './case-files.ts';
import { casesIn } from './case-form.ts';

const withStep = (step: object): string => JSON.stringify([{ id: 'a', steps: [step] }]);
const http = { method: 'GET', path: '/info' };

describe('a case', () => {
  it('is read when all its parts are known', () => {
    const [read] = casesIn(withStep({ http, expect: { status: 200, within: 2 }, also: [{ status: [400, 404] }] }));
    expect(read?.steps).toEqual([{ http, expect: { status: 200, within: 2 }, also: [{ status: [400, 404] }] }]);
  });

  it.each([
    ['without an expectation', { http }],
    ['with an expectation that checks nothing', { http, expect: {} }],
    ['with a check that is not known', { http, expect: { status: 200, min_body: 1 } }],
    ['with a part of a request that is not known', { http: { ...http, conn: 'a' }, expect: { status: 200 } }],
    ['with a call that is not known', { client: { op: 'get_info' }, expect: { returns: 1 } }],
    ['that does nothing', {}],
  ])('%s is refused', (_, step) => {
    expect(() => casesIn(withStep(step))).toThrow(Error);
  });

  it('without steps is refused', () => {
    expect(() => casesIn('[{"id": "a", "steps": []}]')).toThrow(Error);
  });
});

describe('the cases of this repository', () => {
  const groups = Object.keys(recording.groups);
  const all = groups.flatMap(casesOf);

  it('can be read, each with a name of its own', () => {
    expect(all.length).toBeGreaterThanOrEqual(174);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const group of groups) expect(casesOf(group).length).toBeGreaterThan(0);
  });

  it('lie in files that belong to one group each', () => {
    const named = Object.values(recording.groups).flatMap(({ files }) => files);
    expect(named.toSorted()).toEqual(caseFiles().toSorted());
  });

  it('need functions that were recorded', () => {
    const needs = new Set(all.flatMap(({ needs = [] }) => needs));
    expect(Object.keys(recording.fixtures)).toEqual(expect.arrayContaining([...needs]));
  });
});
