// What is written and not yet deployed, and what would be lost.

import { describe, expect, it } from 'vitest';
import { createAuthoring } from '../../../src-renderer/store/authoring.ts';
import {
  changed,
  draftOf,
  draftOfDeployed,
  isPossibleName,
  isUnsaved,
  newFunctionOf,
  withFunctions,
} from '../../../src-renderer/store/draft.ts';
import { functionDetail, SOURCE } from '../support/function-scenes.ts';
import { FUNCTIONS } from '../support/scenes.ts';

const blank = draftOf('new', { source: 'def f(): pass', functionName: 'f', name: 'f' });

describe('a draft', () => {
  it('is unsaved once it says something else than it began with', () => {
    expect(isUnsaved(null)).toBe(false);
    expect(isUnsaved(blank)).toBe(false);
    const written = changed(blank, { source: 'def f(): return 1' });
    expect(isUnsaved(written)).toBe(true);
    expect(isUnsaved(changed(written, { source: blank.source }))).toBe(false);
  });

  it('of a script or a file is unsaved from the start, for it is kept nowhere else', () => {
    expect(isUnsaved(draftOf('promoted', {}))).toBe(true);
    expect(isUnsaved(draftOf('file', {}))).toBe(true);
  });

  it('does not count data of a trial as something to lose', () => {
    expect(isUnsaved(changed(blank, { data: { fields: { x: '1' }, whole: '' } }))).toBe(false);
  });

  it('is called as its function until it gets a name by hand', () => {
    const renamed = withFunctions(blank, [{ name: 'g' }]);
    expect(renamed.name).toBe('g');
    const named = changed(renamed, { name: 'Mine', isNamed: true });
    expect(withFunctions(named, [{ name: 'h' }])).toMatchObject({ name: 'Mine', functionName: 'h' });
  });

  it('keeps the chosen function while the source has it, else takes its last one', () => {
    expect(withFunctions(blank, [{ name: 'f' }, { name: 'g' }]).functionName).toBe('f');
    expect(withFunctions(blank, [{ name: 'g' }, { name: 'h' }]).functionName).toBe('h');
    expect(withFunctions(blank, []).functionName).toBe('');
  });

  it('of a deployed function keeps its name, and there is none without a source', () => {
    const detail = functionDetail(FUNCTIONS[0]!);
    expect(newFunctionOf(draftOfDeployed(detail)!, true)).toEqual({
      source: SOURCE,
      functionName: 'profit_ratio',
      name: 'profitRatio',
      description: 'Profit as a share of sales',
      isPublic: true,
      override: true,
    });
    expect(draftOfDeployed({ ...detail, source: null })).toBeNull();
  });

  it('of a deployed function begins with the data that was tried last, and knows its sample', () => {
    const detail = functionDetail(FUNCTIONS[0]!);
    expect(draftOfDeployed(detail)?.data.fields['sales']).toBe('[10, 20]');
    const tried = draftOfDeployed({ ...detail, tests: { ...detail.tests, tried: '{"sales":[7],"costs":[1]}' } });
    expect([tried?.data.fields['sales'], tried?.captured?.fields['sales']]).toEqual(['[7]', '[10, 20]']);
    const broken = draftOfDeployed({ ...detail, tests: { ...detail.tests, tried: 'no JSON' } });
    expect(broken?.data.fields['sales']).toBe('[10, 20]');
  });

  it('is refused names that TabPy refuses', () => {
    expect(['add', 'Sentiment Analysis', 'a-b_1'].every(isPossibleName)).toBe(true);
    expect(['', '  ', 'a/b', 'é', 'a.b'].some(isPossibleName)).toBe(false);
  });
});

describe("the author's desk", () => {
  it('lets another draft wait while an unsaved one is there', () => {
    const desk = createAuthoring();
    expect(desk.begin(blank)).toBe(true);
    desk.change({ draft: changed(blank, { source: 'x' }) });
    const next = draftOf('new', {});
    expect(desk.begin(next)).toBe(false);
    expect(desk.read()).toMatchObject({ draft: { source: 'x' }, next });
  });
});
