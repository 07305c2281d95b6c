import { describe, expect, it } from 'vitest';
import { meantPackage, normalName } from '../../src-shared/package.ts';

const packages = [
  { name: 'pillow', imports: ['PIL'] },
  { name: 'pil', imports: ['other'] },
  { name: 'scikit-learn', imports: ['sklearn'] },
  { name: 'ruamel.yaml', imports: ['ruamel'] },
];

describe('a package that a word means', () => {
  it.each([
    ['scikit-learn', { name: 'scikit-learn', module: null }],
    ['Scikit_Learn', { name: 'scikit-learn', module: null }],
    ['ruamel-yaml', { name: 'ruamel.yaml', module: null }],
    ['sklearn.cluster', { name: 'scikit-learn', module: 'sklearn' }],
    ['SKLEARN', { name: 'scikit-learn', module: 'sklearn' }],
    ['PIL.Image', { name: 'pillow', module: 'PIL' }],
    // A package of this name comes before a module of it.
    ['PIL', { name: 'pil', module: null }],
    ['nothing', null],
    ['', null],
    ['scikit-learn==1.0', null],
  ])('is found for %j', (word, meant) => {
    expect(meantPackage(word, packages)).toEqual(meant);
  });

  it('is compared as indexes compare names', () => {
    expect(normalName('Zope..Interface__x')).toBe('zope-interface-x');
  });
});
