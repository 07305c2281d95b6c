// Settings screen: a list of sections, a search over all settings, and the cards of a section or of what was found.

import { useEffect, useState } from 'react';
import { assertNever } from '../../../src-shared/assert-never.ts';
import { SearchBox } from '../../components/fields.tsx';
import { hashOf } from '../../store/route.ts';
import { usePage } from '../../store/use-page.ts';
import { DataFolderCard } from './data-folder-card.tsx';
import { HttpsCard } from './https-card.tsx';
import { ImportFromTabPy } from './import-from-tabpy.tsx';
import { ReportCard } from './report-card.tsx';
import { RowsCard } from './rows-card.tsx';
import { foundIn, partsFor, SECTION_IDS, sectionOf } from './sections.ts';
import type { Part, SectionId } from './sections.ts';
import { SignInCard } from './sign-in-card.tsx';
import { SETTINGS_WORDS as words } from './words.ts';
import './settings-screen.css';

/** @param detail a section, or a setting whose field gets the focus */
export function SettingsScreen({ detail }: { readonly detail: string | null }) {
  const surface = usePage((page) => page.program.surface);
  // A search ends when the user goes elsewhere.
  const [search, setSearch] = useState({ query: '', at: detail });
  const query = search.at === detail ? search.query : '';
  useFocusOn(detail);
  const section = sectionOf(detail);
  const all = partsFor(surface);
  const isSearching = query.trim() !== '';
  const parts = isSearching ? foundIn(all, query) : all.filter((part) => part.section === section);
  return (
    <div className="settings">
      <div className="settings__grid">
        <div className="settings__side">
          <SearchBox
            label={words.search}
            placeholder={words.search}
            value={query}
            onChange={(text) => setSearch({ query: text, at: detail })}
          />
          <Sections current={isSearching ? null : section} onChoose={() => setSearch({ query: '', at: detail })} />
        </div>
        <div className="settings__parts">
          <p className={isSearching ? 'soft' : 'unseen'} role="status">
            {isSearching && words.found(parts.length, query.trim())}
          </p>
          {parts.map((part) => (
            <PartCard key={part.id} part={part} isFound={isSearching} />
          ))}
        </div>
      </div>
    </div>
  );
}

interface SectionsProps {
  readonly current: SectionId | null;
  readonly onChoose: () => void;
}

function Sections({ current, onChoose }: SectionsProps) {
  return (
    <nav aria-label={words.sectionList}>
      <ul className="settings__sections">
        {SECTION_IDS.map((id) => (
          <li key={id}>
            <a
              href={hashOf('settings', id)}
              className="settings__section"
              onClick={onChoose}
              {...(id === current ? { 'aria-current': 'true' as const } : {})}
            >
              {words.sections[id]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function PartCard({ part, isFound }: { readonly part: Part; readonly isFound: boolean }) {
  switch (part.id) {
    case 'sign-in':
      return <SignInCard />;
    case 'https':
      return <HttpsCard />;
    case 'tabpy':
      return <ImportFromTabPy />;
    case 'report':
      return <ReportCard />;
    case 'data-folder':
      return <DataFolderCard />;
    case 'connection':
    case 'security':
    case 'scripts':
    case 'python':
    case 'packages':
    case 'log':
    case 'privacy':
    case 'general':
      return <RowsCard group={part.id} names={part.names} isFound={isFound} />;
    default:
      return assertNever(part.id);
  }
}

/** Puts the focus into the field of a setting that a link names. */
function useFocusOn(detail: string | null): void {
  useEffect(() => {
    const field =
      detail === null ? null : document.querySelector<HTMLElement>(`[data-setting="${CSS.escape(detail)}"]`);
    field?.querySelector<HTMLElement>('input, textarea')?.focus();
    field?.scrollIntoView({ block: 'center' });
  }, [detail]);
}
