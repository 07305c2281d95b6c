// Finds out which packages an addition needs. A sealed Python decides and names the documents that it needs; they are
// fetched here. Must not decide about versions, nor fetch a wheel for anything but its metadata.

import * as v from 'valibot';
import type { PackageSource, PackageVersion } from '../../../src-shared/package.ts';
import { Refusal } from '../../../src-shared/refusal.ts';
import type { IndexAccess } from '../index/index-access.ts';
import type { PyodideBuild } from '../store/pyodide-builds.ts';
import { reasonOf } from '../store/source.ts';

/** Sends a question to the Python that resolves, which runs nothing else. */
export type AskResolver = (message: object) => Promise<unknown>;

/** An existing wheel: added before, or chosen as a file. */
export interface KnownWheel {
  readonly name: string;
  readonly version: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly source: PackageSource;
  readonly metadata: string;
}

export interface Question {
  /** Specifications (PEP 508 without addresses). */
  readonly asked: readonly string[];
  readonly wheels: readonly KnownWheel[];
  readonly builds: Readonly<Record<string, PyodideBuild>>;
}

export interface ResolvedPackage {
  readonly name: string;
  readonly version: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly source: PackageSource;
  readonly url: string | null;
  readonly bytes: number | null;
  readonly isAsked: boolean;
  readonly neededBy: readonly string[];
}

export interface Resolution {
  readonly packages: readonly ResolvedPackage[];
  /** The product's own packages that are used. */
  readonly there: readonly PackageVersion[];
}

/** There is no plan; the message has the reason. */
export class NoPlan extends Refusal {
  /** The package that prevents the plan, if it is one package. */
  readonly package: string | null;

  constructor(message: string, packageName: string | null) {
    super('no-plan', message);
    this.package = packageName;
  }
}

export interface ResolutionDeps {
  readonly ask: AskResolver;
  readonly index: Pick<IndexAccess, 'page' | 'metadata' | 'allows' | 'host'>;
  readonly signal: AbortSignal;
  readonly tell: (text: string) => void;
}

const MOST_ROUNDS = 300;
const MOST_DOCUMENTS = 600;
const AT_ONCE = 6;

const name = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), v.maxLength(200));
const version = v.pipe(v.string(), v.maxLength(100));
// It decides where files are written.
const fileName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w.+!-]*\.whl$/), v.maxLength(250));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const bytes = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0)));
const url = v.pipe(v.string(), v.maxLength(4_000));
const answer = v.union([
  v.object({
    need: v.array(
      v.variant('kind', [
        v.object({ kind: v.literal('project'), name }),
        v.object({ kind: v.literal('metadata'), fileName, url, sha256, hasMetadata: v.boolean() }),
      ]),
    ),
  }),
  v.object({
    plan: v.object({
      packages: v.array(
        v.object({
          name,
          version,
          fileName,
          sha256,
          source: v.picklist(['index', 'pyodide', 'file']),
          url: v.nullable(url),
          bytes,
          isAsked: v.boolean(),
          neededBy: v.array(name),
        }),
      ),
      there: v.array(v.object({ name, version })),
    }),
  }),
  v.object({ refused: v.object({ text: v.string(), package: v.nullable(v.string()) }) }),
]);
type Need = Extract<v.InferOutput<typeof answer>, { need: unknown }>['need'][number];

/** Python's own modules, which no package may hide. */
export async function standardModules(ask: AskResolver): Promise<ReadonlySet<string>> {
  return new Set(v.parse(v.object({ standard: v.array(v.string()) }), await ask({ standard: true })).standard);
}

/** PyPI's address from the micropip among our packages; null when there is none. */
export async function usualIndex(ask: AskResolver): Promise<string | null> {
  return v.parse(v.object({ usualIndex: v.nullable(v.string()) }), await ask({ usualIndex: true })).usualIndex;
}

/** Rejects with NoPlan when there is none. */
export async function resolve(question: Question, { ask, index, signal, tell }: ResolutionDeps): Promise<Resolution> {
  const begin = { asked: question.asked, wheels: question.wheels, lock: question.builds };
  let message: object = { begin };
  let documents = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    signal.throwIfAborted();
    const said = v.safeParse(answer, await ask(message), { abortEarly: true });
    if (!said.success) throw new NoPlan('The answer of the package index is not valid.', null);
    const { output } = said;
    if ('refused' in output) throw new NoPlan(output.refused.text.slice(0, 2_000), output.refused.package);
    if ('plan' in output) {
      checkPlaces(output.plan.packages, question.wheels, index);
      return output.plan;
    }
    documents += output.need.length;
    if (documents > MOST_DOCUMENTS || output.need.length === 0) break;
    message = { documents: await allOf(output.need, async (need) => documentOf(need, { index, signal, tell })) };
  }
  throw new NoPlan('There are too many packages and versions to look at. Name a version, as in NAME==VERSION.', null);
}

async function documentOf(need: Need, { index, signal, tell }: Omit<ResolutionDeps, 'ask'>): Promise<object> {
  if (need.kind === 'project') {
    tell(`Looking for ${need.name}`);
    return index.page(need.name, signal);
  }
  if (!index.allows(need.url))
    throw new NoPlan(`${index.host} gives an address that TabPy Tray does not download from.`, null);
  tell(`Looking into ${need.fileName}`);
  try {
    return { kind: 'metadata', fileName: need.fileName, text: await index.metadata(need, signal) };
  } catch (error) {
    if (signal.aborted) throw error;
    throw new NoPlan(`The packages that ${need.fileName} needs cannot be read: ${reasonOf(error)}.`, null);
  }
}

/** A few at a time, in order. */
async function allOf<Item>(items: readonly Item[], one: (item: Item) => Promise<object>): Promise<object[]> {
  const answers: object[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE)
    answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(one))));
  return answers;
}

/** Existing files have no address; all others have an address that may be fetched. */
function checkPlaces(
  packages: readonly ResolvedPackage[],
  wheels: readonly KnownWheel[],
  index: Pick<IndexAccess, 'allows' | 'host'>,
): void {
  const there = new Set(wheels.map((one) => one.sha256));
  for (const one of packages) {
    if (one.source !== 'index' || there.has(one.sha256)) continue;
    if (one.url === null || !index.allows(one.url))
      throw new NoPlan(
        `${index.host} gives an address of ${one.name} that TabPy Tray does not download from.`,
        one.name,
      );
  }
}
