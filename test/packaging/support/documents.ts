// Checks of documents in Markdown: links, long lines, names of files. Pure; the caller reads the files.

import path from 'node:path';

const MOST_CHARACTERS = 100;
const FENCE = /^\s*```/;
const LINK = /\]\(([^()\s]+)\)/g;
const SOURCE = /<(?:img|source)\s[^>]*(?:src|srcset)="([^"]+)"/g;
const CODE = /`([^`]+)`/g;

/** The lines outside of code blocks, with their numbers from 1. */
function proseOf(text: string): readonly (readonly [line: number, text: string])[] {
  let isCode = false;
  return text.split('\n').flatMap((line, index) => {
    const isFence = FENCE.test(line);
    if (isFence) isCode = !isCode;
    return isFence || isCode ? [] : [[index + 1, line] as const];
  });
}

/** Links and pictures of a document that lead nowhere. `document` and what `exists` is asked are paths from the root. */
export function brokenLinksIn(
  document: string,
  text: string,
  exists: (file: string) => boolean,
  read: (file: string) => string,
): readonly string[] {
  const prose = proseOf(text)
    .map(([, line]) => line)
    .join('\n');
  const targets = [...prose.matchAll(LINK), ...prose.matchAll(SOURCE)].map(([, target]) => target ?? '');
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [file = '', heading] = target.split('#');
    const place = file === '' ? document : path.posix.join(path.posix.dirname(document), file);
    if (!exists(place)) return true;
    return heading !== undefined && place.endsWith('.md') && !slugsOf(read(place)).has(heading);
  });
}

/** The addresses of all headings of a document, as GitHub makes them. */
export function slugsOf(text: string): ReadonlySet<string> {
  const slugs = new Set<string>();
  for (const [, line] of proseOf(text)) {
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const slug = plain
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    let number = 0;
    while (slugs.has(number === 0 ? slug : `${slug}-${number}`)) number += 1;
    slugs.add(number === 0 ? slug : `${slug}-${number}`);
  }
  return slugs;
}

/** `NUMBER: beginning` of each line that is too long. Tables, code and the addresses of links may be long. */
export function longLinesIn(text: string): readonly string[] {
  return proseOf(text)
    .filter(([, line]) => !line.startsWith('|') && line.replaceAll(LINK, ']').length > MOST_CHARACTERS)
    .map(([number, line]) => `${number}: ${line.trim().slice(0, 60)}`);
}

/**
 * Names in backticks that look like files or folders of the project and are none. A name may leave out the folders in front.
 * @param files all files of the project, from the root
 */
export function missingPathsIn(text: string, files: readonly string[]): readonly string[] {
  const folders = new Set(files.flatMap((file) => foldersOf(file)));
  const tops = new Set([...folders].filter((folder) => !folder.includes('/')));
  const known = [...files, ...folders].map((file) => `/${file}`);
  const names = proseOf(text).flatMap(([, line]) => [...line.matchAll(CODE)].map(([, name]) => name ?? ''));
  return names.filter((name) => {
    // NAME stands for any.
    if (!/^[\w.@-]+(?:\/[\w.@-]+)*\/?$/.test(name) || name.includes('NAME')) return false;
    const isSource = /[\w-]\.(?:tsx?|css)$/.test(name);
    const isBelowTop = name.includes('/') && tops.has(name.split('/')[0]!);
    if (!isSource && !isBelowTop) return false;
    return !known.some((one) => one.endsWith(`/${name.replace(/\/$/, '')}`));
  });
}

/**
 * Labels that a document names in bold and the window does not have. A bold text at the beginning of a line only leads it in.
 * @param words the sources of the page's tables of words, in which a label begins after a quote
 * @param others labels of other programs
 */
export function unknownLabelsIn(text: string, words: string, others: ReadonlySet<string>): readonly string[] {
  const prose = proseOf(text)
    .filter(([, line]) => !line.startsWith('#'))
    .map(([, line]) => line.replace(/^(\s*(?:[-*]|\d+\.)?\s*)\*\*[^*]+\*\*(?=[:, (])/, '$1').replaceAll(/`[^`]*`/g, ''))
    .join('\n');
  const labels = [...prose.matchAll(/\*\*([^*]+)\*\*/g)].flatMap(([, bold = '']) =>
    bold.replaceAll(/\s+/g, ' ').split(' ▸ '),
  );
  const isKnown = (label: string): boolean =>
    others.has(label) || ["'", '"', '`'].some((quote) => words.includes(`${quote}${label}`));
  return labels.filter((label) => !isKnown(label));
}

function foldersOf(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
