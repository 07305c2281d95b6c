// The attacks of the shared folder, which new ones come from, against those that this repository has.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { newsOf } from '../support/news-of-list.ts';
import { sharedFolder } from '../support/shared-folder.ts';
import { studyAttacks } from './attack-list.ts';
import type { Attack } from './attack-list.ts';

describe.skipIf(sharedFolder === null)('the attacks of the shared folder', () => {
  it('are in this repository, in the same form', () => {
    const text = readFileSync(path.join(sharedFolder!, 'attacks.json'), 'utf8');
    const news = newsOf(JSON.parse(text) as readonly Attack[], studyAttacks, ({ name }) => name);
    const whatToDo =
      'Put these attacks into test/attacks/study-attacks.json, as they are in attacks.json of the shared folder';
    expect({ whatToDo, ...news }).toEqual({ whatToDo, missing: [], changed: [] });
  });
});
