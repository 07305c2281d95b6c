// Reads what a managed environment is to be made from: a list of packages, a requirements file, a lock. Pure.
// Threat: a line of a requirements file can be an option or a folder, with which uv would run code outside the walls.

import { Refusal } from '../../src-shared/refusal.ts';
import { nameIn } from '../packages/added/added-set.ts';

export interface Requirements {
  /** One requirement (PEP 508) each, without hashes. */
  readonly wishes: readonly string[];
  /** With hashes for every requirement, the text is a lock itself; null: without. */
  readonly lock: string | null;
}

const HASH = /\s--hash[= ](?:sha256|sha384|sha512):[0-9a-f]+/gi;
const MOST_WISHES = 2_000;

/** @throws Refusal for a line that is not taken, or when nothing is named */
export function requirementsIn(text: string): Requirements {
  const lines = text
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
  if (lines.length === 0) throw new Refusal('refused', 'No package is named. Name at least one, such as pandas.');
  if (lines.length > MOST_WISHES) throw new Refusal('refused', `More than ${MOST_WISHES} packages are named.`);
  const wishes = lines.map(wishIn);
  const hashed = lines.filter((line) => line.search(HASH) >= 0);
  if (hashed.length === 0) return { wishes, lock: null };
  if (hashed.length < lines.length)
    throw new Refusal('refused', 'Some packages have hashes and others have none. Give each a hash, or none of them.');
  return { wishes, lock: `${lines.join('\n')}\n` };
}

function wishIn(line: string): string {
  const wish = line.replaceAll(HASH, '').trim();
  const shown = line.length > 100 ? `${line.slice(0, 100)}…` : line;
  if (/^(?:-r|-c|--requirement|--constraint)/.test(wish))
    throw new Refusal('refused', `'${shown}' names another file. Put its lines into this one.`);
  if (/^(?:-e|--editable)/.test(wish) || /^[./\\]|^[A-Za-z]:[\\/]/.test(wish))
    throw new Refusal(
      'refused',
      `'${shown}' names a folder or a file. Only packages of the index can be in an environment.`,
    );
  if (wish.startsWith('-'))
    throw new Refusal(
      'refused',
      `'${shown}' is an option. Remove it; the index and the proxy come from Settings or from pip.`,
    );
  // Also what is fetched with git or from an address of its own.
  if (nameIn(wish) === null || /\s@\s|^[^;[]*@/.test(wish))
    throw new Refusal(
      'refused',
      `'${shown}' is not the name of a package. Write names such as pandas or pandas==3.0.2.`,
    );
  return wish;
}

/**
 * The wishes after an addition and a removal. A new version of a package that was asked for replaces the old wish.
 * @throws Refusal when a package to remove was not asked for
 */
export function changedWishes(
  wishes: readonly string[],
  add: readonly string[],
  remove: readonly string[],
): readonly string[] {
  for (const name of remove) {
    if (!wishes.some((wish) => nameIn(wish) === nameIn(name)))
      throw new Refusal(
        'refused',
        `${name} was not asked for by name. Only packages that were asked for can be removed; others stay while one of them needs them.`,
      );
  }
  const added = add.length === 0 ? [] : requirementsIn(add.join('\n')).wishes;
  const gone = new Set([...remove, ...added].map(nameIn));
  return [...wishes.filter((wish) => !gone.has(nameIn(wish))), ...added];
}

/** The name of the project that a uv.lock is of. @throws Refusal when it is no such lock */
export function projectOfUvLock(text: string): string {
  if (!/^version = \d+$/m.test(text)) throw new Refusal('refused', 'This is not a uv.lock.');
  const own = text
    .split(/^\[\[package\]\]$/m)
    .slice(1)
    .filter((block) => /^source = \{ (?:virtual|editable) = "\." \}$/m.test(block));
  const name = own.length === 1 ? /^name = "([A-Za-z0-9._-]{1,200})"$/m.exec(own[0]!)?.[1] : undefined;
  if (name === undefined)
    throw new Refusal(
      'refused',
      'This uv.lock is not of one project. Export it (uv export --format requirements-txt) and use that file.',
    );
  return name;
}
