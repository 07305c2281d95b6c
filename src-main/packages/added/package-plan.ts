// Makes a plan as people see it from what was resolved and what is installed. Pure.

import type { PackagePlan, PlannedPackage } from '../../../src-shared/package.ts';
import type { AddedLock } from './added-lock.ts';
import { goneFrom } from './added-set.ts';
import type { FoundBuilds } from '../store/pyodide-place.ts';
import type { Resolution, ResolvedPackage } from './resolution.ts';

export interface PlanInput {
  readonly id: number;
  readonly resolution: Resolution;
  readonly locked: AddedLock;
  /** Those whose files are complete. */
  readonly present: ReadonlySet<string>;
  /** The requested packages, by name. */
  readonly asked: ReadonlyMap<string, string>;
  readonly builds: FoundBuilds;
  /** The host name of the index. */
  readonly index: string;
}

export function planOf(input: PlanInput): PackagePlan {
  const { id, resolution, locked, index } = input;
  const { packages, there } = resolution;
  return {
    id,
    packages: packages.map((one) => plannedOf(one, input)).toSorted((a, b) => Number(b.isAsked) - Number(a.isAsked)),
    bundled: there,
    gone: goneFrom(locked, packages).map(({ name, version }) => ({ name, version })),
    index,
    notes: notesOf(input),
  };
}

function plannedOf(one: ResolvedPackage, { locked, present, builds }: PlanInput): PlannedPackage {
  const before = locked.find(({ name }) => name === one.name);
  const isThere = before?.sha256 === one.sha256 && present.has(one.name);
  return {
    name: one.name,
    version: one.version,
    source: one.source,
    bytes: one.bytes ?? builds.bytes.get(one.fileName) ?? null,
    isThere,
    before: before && !isThere ? before.version : null,
    isAsked: one.isAsked,
    neededBy: one.neededBy,
  };
}

function notesOf({ asked, resolution, builds }: PlanInput): readonly string[] {
  const already = resolution.there.filter(({ name }) => asked.has(name));
  return [
    ...already.map(({ name, version }) => `${name} ${version} is part of TabPy Tray.`),
    ...(builds.fault === null
      ? []
      : [
          `Packages that Pyodide builds are not available now (${builds.fault}). Add the file of such a package instead, or try again when that server can be reached.`,
        ]),
  ];
}
