// Finds the package index that pip uses on this computer, from pip's files and the environment, so that ours is the
// same. Must not run pip (on a Mac without pip, that opens a window), nor write anywhere what it reads.

import path from 'node:path';
import { IniFault, parseIni } from '../../disk/ini-file.ts';
import type { IniSections } from '../../disk/ini-file.ts';
import { readTextFile } from '../../disk/regular-file.ts';

export interface PipSettings {
  readonly index: string | null;
  readonly proxy: string | null;
  /** A file of certificates that are trusted. */
  readonly certificates: string | null;
}

type Env = Readonly<Record<string, string | undefined>>;

export interface PipPlace {
  readonly env: Env;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

const SECTIONS = ['global', 'install', 'download'];

/** In pip's own order: the environment overrides the user's file, which overrides the computer's. */
export async function pipSettings(place: PipPlace): Promise<PipSettings> {
  const { env } = place;
  const values = new Map<string, string>();
  for (const file of pipFiles(place)) {
    const content = await readTextFile(file).catch(() => '');
    for (const [key, value] of valuesIn(content)) values.set(key, value);
  }
  const of = (variable: string, key: string): string | null => env[variable] || values.get(key) || null;
  return {
    index: of('PIP_INDEX_URL', 'index-url'),
    proxy: of('PIP_PROXY', 'proxy'),
    // The last two are those of requests, on which pip is built.
    certificates: of('PIP_CERT', 'cert') ?? (env['REQUESTS_CA_BUNDLE'] || env['CURL_CA_BUNDLE'] || null),
  };
}

/** The files that pip reads, in growing precedence. */
export function pipFiles({ env, platform, home }: PipPlace): readonly string[] {
  const named = env['PIP_CONFIG_FILE'];
  // pip's own way to name no file.
  if (named === 'os.devnull' || named === '/dev/null') return [];
  return [...filesOfSystem(env, platform, home), ...(named ? [named] : [])];
}

function filesOfSystem(env: Env, platform: NodeJS.Platform, home: string): readonly string[] {
  switch (platform) {
    case 'win32':
      return [
        path.win32.join(env['ProgramData'] ?? 'C:\\ProgramData', 'pip', 'pip.ini'),
        path.win32.join(home, 'pip', 'pip.ini'),
        path.win32.join(env['APPDATA'] ?? path.win32.join(home, 'AppData', 'Roaming'), 'pip', 'pip.ini'),
      ];
    case 'darwin':
      return [
        '/Library/Application Support/pip/pip.conf',
        path.posix.join(home, '.pip/pip.conf'),
        path.posix.join(home, '.config/pip/pip.conf'),
        path.posix.join(home, 'Library/Application Support/pip/pip.conf'),
      ];
    default:
      return [
        '/etc/xdg/pip/pip.conf',
        '/etc/pip.conf',
        path.posix.join(home, '.pip/pip.conf'),
        path.posix.join(env['XDG_CONFIG_HOME'] ?? path.posix.join(home, '.config'), 'pip/pip.conf'),
      ];
  }
}

/** The values of the sections about downloads, those of a single command last; none from a damaged file. */
function valuesIn(content: string): readonly (readonly [string, string])[] {
  let sections: IniSections;
  try {
    sections = parseIni(content);
  } catch (error) {
    if (error instanceof IniFault) return [];
    throw error;
  }
  return SECTIONS.flatMap((name) => [...(sections.get(name) ?? [])])
    .map(([key, { text }]) => [key.replaceAll('_', '-'), text.trim()] as const)
    .filter(([, text]) => text !== '');
}
