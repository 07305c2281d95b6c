// The cases of the shared folder, which new ones come from, against those that this repository has.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newsOf } from '../support/news-of-list.ts';
import { sharedFolder } from '../support/shared-folder.ts';
import { passwordFile } from '../support/signed-in-user.ts';
import { casesFolder, recording } from './case-files.ts';
import { parseJson, plainText } from './python-json.ts';
import type { JsonObject } from './python-json.ts';

type SharedCase = JsonObject & { readonly id: string; readonly group: string };
interface Shared {
  readonly cases: readonly SharedCase[];
  readonly groups: JsonObject;
  readonly fixtures: JsonObject;
}

/** A case as the files of this repository have it: without what the folder's own runner chooses by. */
function ownForm({ tag: _tag, kind: _kind, requires: _requires, always: _always, ...one }: SharedCase): JsonObject {
  return one;
}

describe.skipIf(sharedFolder === null)('the shared folder', () => {
  const file = (name: string): string => readFileSync(path.join(sharedFolder!, 'conformance', name), 'utf8');
  let shared: Shared;
  beforeAll(() => {
    shared = parseJson(file('goldens.json')) as unknown as Shared;
  });

  it('has no case that this repository lacks or has in another form', () => {
    const own = Object.keys(recording.groups).flatMap((group) => rawCasesOf(group));
    const whatToDo =
      'Put these cases into a file of their group in test/conformance/cases, and the name of a new file into recording.json';
    const news = newsOf(shared.cases.map(ownForm), own, ({ id }) => plainText(id!));
    expect({ whatToDo, ...news }).toEqual({ whatToDo, missing: [], changed: [] });
  });

  it('has no group, no function to deploy and no model that this repository lacks', () => {
    expect(Object.keys(recording.groups)).toEqual(expect.arrayContaining(Object.keys(shared.groups)));
    expect(recording.fixtures).toMatchObject(shared.fixtures);
    expect(recording.groups['models']?.models).toEqual((shared.groups['models'] as JsonObject)['models']);
  });

  it('has the same password file and state', () => {
    expect(readFileSync(passwordFile, 'utf8').trim()).toBe(file('pwdfile.txt').trim());
    const state = readFileSync(path.join(casesFolder, 'state-cors.ini'), 'utf8');
    expect(state.trim()).toBe(file('state-cors.ini').trim());
  });
});

/** As they are written, with their group. */
function rawCasesOf(group: string): JsonObject[] {
  return (recording.groups[group]?.files ?? []).flatMap((name) => {
    const cases = parseJson(readFileSync(path.join(casesFolder, name), 'utf8')) as unknown as readonly JsonObject[];
    return cases.map((one) => ({ ...one, group }));
  });
}
