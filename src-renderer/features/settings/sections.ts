// Sections of the Settings screen, what belongs to each, and the search over them. Pure.

import type { ProgramInfo } from '../../../src-shared/ipc.ts';
import { SETTING_NAMES, SETTINGS } from '../../../src-shared/settings.ts';
import type { Setting, SettingGroup } from '../../../src-shared/setting-kinds.ts';
import type { SettingName } from '../../../src-shared/settings.ts';
import { HTTPS_WORDS, IMPORT_WORDS, SETTINGS_WORDS as words, SIGN_IN_WORDS } from './words.ts';

export type SectionId = SettingGroup | 'tabpy' | 'support';

/** A card of a section: rows of settings, or a view of its own for some settings. */
export interface Part {
  readonly id: SettingGroup | 'sign-in' | 'https' | 'tabpy' | 'report' | 'data-folder';
  readonly section: SectionId;
  readonly names: readonly SettingName[];
  /** What is found besides its settings. */
  readonly text: string;
}

export const SECTION_IDS = Object.keys(words.sections) as readonly SectionId[];

const HTTPS = ['transferProtocol', 'certificateFile', 'keyFile', 'minimumTlsVersion'] as const;

/** Every part that applies on this surface, in order. */
export function partsFor(surface: ProgramInfo['surface']): readonly Part[] {
  return SECTION_IDS.flatMap((section) => partsOf(section, surface));
}

function partsOf(section: SectionId, surface: ProgramInfo['surface']): readonly Part[] {
  switch (section) {
    case 'tabpy':
      return [{ id: 'tabpy', section, names: [], text: textOf(IMPORT_WORDS) }];
    case 'support':
      return [
        { id: 'report', section, names: [], text: `${words.report} ${words.reportHelp}` },
        { id: 'data-folder', section, names: [], text: `${words.dataFolder} ${words.dataFolderHelp}` },
      ];
    case 'security':
      return [
        { id: 'sign-in', section, names: ['passwordFile'], text: textOf(SIGN_IN_WORDS) },
        { id: 'https', section, names: HTTPS, text: textOf(HTTPS_WORDS) },
      ];
    case 'privacy':
      return [{ id: section, section, names: namesOf(section, surface), text: words.forget }];
    default:
      return [{ id: section, section, names: namesOf(section, surface), text: '' }];
  }
}

function namesOf(group: SettingGroup, surface: ProgramInfo['surface']): readonly SettingName[] {
  return SETTING_NAMES.filter((name) => {
    const setting: Setting = SETTINGS[name];
    return setting.group === group && (setting.onlyIn === undefined || setting.onlyIn === surface);
  });
}

/** The section of an address's detail, which names a section or a setting. */
export function sectionOf(detail: string | null): SectionId {
  const section = SECTION_IDS.find((one) => one === detail);
  if (section !== undefined) return section;
  const name = SETTING_NAMES.find((one) => one === detail);
  return name === undefined ? SECTION_IDS[0]! : SETTINGS[name].group;
}

/** The parts with what fits a search; every word must occur. A part whose own words fit is shown as a whole. */
export function foundIn(parts: readonly Part[], query: string): readonly Part[] {
  const wanted = wordsOf(query);
  return parts.flatMap((part) => {
    const title = words.sections[part.section];
    if (part.text !== '' && fits(`${title} ${part.text}`, wanted)) return [part];
    const names = part.names.filter((name) => fits(`${title} ${searchText(name)}`, wanted));
    return names.length === 0 ? [] : [{ ...part, names }];
  });
}

function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function fits(text: string, wanted: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return wanted.every((word) => lower.includes(word));
}

/** Everything by which somebody knows a setting: its words, and its names elsewhere. */
function searchText(name: SettingName): string {
  const { label, help, kind, option, env = '' }: Setting = SETTINGS[name];
  const choices = kind.kind === 'choice' ? kind.choices.map((one) => `${one} ${words.choices[one] ?? ''}`) : [];
  return [label, help, name, option === undefined ? '' : `--${option}`, env, ...choices].join(' ');
}

function textOf(table: Readonly<Record<string, unknown>>): string {
  return Object.values(table)
    .filter((one) => typeof one === 'string')
    .join(' ');
}
