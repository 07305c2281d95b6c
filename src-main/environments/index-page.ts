// Finds the address of one file in a page of a package index, JSON (PEP 691) or HTML (PEP 503). Pure.

import * as v from 'valibot';
import type { ProjectPage } from '../packages/index/index-access.ts';

const page = v.object({ files: v.array(v.object({ filename: v.string(), url: v.string() })) });
const LINK = /<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

/** Null: the page is missing, damaged, or does not list the file. Its checksum is ours, not the page's. */
export function addressOfFile({ text, contentType, url }: ProjectPage, fileName: string): string | null {
  if (text === null) return null;
  const found = contentType.includes('json') ? inJson(text, fileName) : inHtml(text, fileName);
  return found !== null && URL.canParse(found, url) ? new URL(found, url).href : null;
}

function inJson(text: string, fileName: string): string | null {
  const parsed = v.safeParse(page, jsonOf(text));
  return parsed.success ? (parsed.output.files.find((one) => one.filename === fileName)?.url ?? null) : null;
}

function inHtml(text: string, fileName: string): string | null {
  for (const [, quoted, other] of text.matchAll(LINK)) {
    const link = (quoted ?? other ?? '').replaceAll('&amp;', '&');
    const name = link.split(/[?#]/, 1)[0]!.split('/').at(-1)!;
    if (name === fileName || name === encodeURIComponent(fileName)) return link;
  }
  return null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
