// The cases of this repository, by their groups.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { casesIn, recordingIn } from './case-form.ts';
import type { Case } from './case-form.ts';

export const casesFolder = path.join(import.meta.dirname, 'cases');

const RECORDING = 'recording.json';
const textOf = (file: string): string => readFileSync(path.join(casesFolder, file), 'utf8');
export const recording = recordingIn(textOf(RECORDING));

/** The cases of a group in the order in which they were recorded. */
export function casesOf(group: string): Case[] {
  const files = recording.groups[group]?.files;
  if (files === undefined) throw new Error(`no group ${group} was recorded`);
  return files.flatMap((file) => casesIn(textOf(file)));
}

/** The files of cases that lie in the folder, with slashes. */
export function caseFiles(): string[] {
  return readdirSync(casesFolder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.json') && file !== RECORDING);
}
