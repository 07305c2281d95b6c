// The attacks of the shared folder, which new ones come from, against those that this repository has.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { newsOf } from '../support/news-of-list.ts';
import { sharedFolder } from '../support/shared-folder.ts';
import { nativeAttacks, studyAttacks } from './attack-list.ts';
import type { Attack } from './attack-list.ts';

describe.skipIf(sharedFolder === null)('the attacks of the shared folder', () => {
  it.each([
    { shared: 'attacks.json', ours: studyAttacks, file: 'study-attacks.json' },
    { shared: 'native/attacks-native.json', ours: nativeAttacks, file: 'native-study-attacks.json' },
  ])('are in this repository, in the same form: $file', ({ shared, ours, file }) => {
    const text = readFileSync(path.join(sharedFolder!, shared), 'utf8');
    const theirs = JSON.parse(text) as readonly Attack[];
    const names = new Set(theirs.map(({ name }) => name));
    const own = shared === 'attacks.json' ? ours : ours.filter(({ name }) => names.has(name));
    const news = newsOf(theirs, own, ({ name }) => name);
    const whatToDo = `Put these attacks into test/attacks/${file}, as they are in ${shared} of the shared folder`;
    expect({ whatToDo, ...news }).toEqual({ whatToDo, missing: [], changed: [] });
  });
});
