// Logs screen: the lines of the log as they come. Must not know the log file.

import { useCallback, useMemo, useState } from 'react';
import type { LogEntry } from '../../../src-shared/log-entry.ts';
import { Button } from '../../components/button.tsx';
import { ClearButtons } from '../../components/clear-buttons.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { DetailPanel, ListFrame } from '../../components/detail-panel.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SearchBox, Segments, SmallSwitch } from '../../components/fields.tsx';
import { Rows } from '../../components/rows.tsx';
import { timeOfDay } from '../../text/figures.ts';
import { foundEntries, SHOWN_LEVELS } from './log-filter.ts';
import type { ShownLevel } from './log-filter.ts';
import { useCleared } from '../../store/use-cleared.ts';
import { useCopy } from '../../store/use-copy.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { WORDS } from '../../text/words.ts';
import { LOG_WORDS as words } from './words.ts';
import './logs-screen.css';

/** `detail`: the level that is shown first. */
export function LogsScreen({ detail }: { readonly detail: string | null }) {
  const { calls, store } = useProgram();
  const log = usePage((page) => page.log);
  const { shown: entries, clear, undo } = useCleared('log', log, timeOf);
  const surface = usePage((page) => page.program.surface);
  const [level, setLevel] = useState<ShownLevel>(levelOf(detail));
  const [search, setSearch] = useState('');
  const [isFollowing, setFollowing] = useState(true);
  const [chosen, setChosen] = useState<LogEntry | null>(null);
  const copy = useCopy();
  const found = useMemo(() => foundEntries(entries, level, search), [entries, level, search]);
  const choose = useCallback((entry: LogEntry | null) => {
    setChosen(entry);
    // The list must not move while somebody reads a line.
    if (entry !== null) setFollowing(false);
  }, []);

  return (
    <>
      <div className="tool-bar">
        <SearchBox label={words.search} placeholder={words.searchHint} value={search} onChange={setSearch} />
        <Segments
          label={words.level}
          value={level}
          choices={SHOWN_LEVELS.map((value) => ({ value, label: words.levels[value] }))}
          onChange={(value) => setLevel(levelOf(value))}
        />
        <SmallSwitch label={words.follow} isOn={isFollowing} onChange={setFollowing} />
        <div className="tool-bar__end">
          <ClearButtons
            clearLabel={words.clear}
            undoLabel={words.undoClear}
            isEmpty={entries.length === 0}
            onClear={() => {
              setChosen(null);
              clear();
              store.announce(words.clearedTitle);
            }}
            onUndo={undo}
          />
          <CopyButton label={words.copy} onCopy={() => copy(found.map(lineOf).join('\n'))} />
          {surface === 'app' && (
            <Button icon="folder" onPress={() => void store.attempt(calls.openFolder('log'))}>
              {words.openFolder}
            </Button>
          )}
        </div>
      </div>
      <ListFrame>
        {found.length === 0 ? (
          <Nothing isEmpty={entries.length === 0} isCleared={undo !== null} />
        ) : (
          <Rows
            label={words.list}
            look="logs"
            columns={words.columns}
            rows={found}
            keyOf={keyOf}
            cellsOf={cellsOf}
            toneOf={(entry) => entry.level}
            chosen={chosen === null ? null : keyOf(chosen)}
            onChoose={choose}
            isFollowing={isFollowing}
            onFollow={setFollowing}
          />
        )}
        {chosen && (
          <DetailPanel
            title={`${timeOfDay(chosen.at)} ${words.names[chosen.level]}`}
            closeLabel={WORDS.closeDetails}
            onClose={() => setChosen(null)}
            actions={<CopyButton label={words.copyLine} onCopy={() => copy(lineOf(chosen))} isIconOnly />}
          >
            <pre className="logs__line">{chosen.text}</pre>
            {chosen.detail && <pre className="logs__detail">{chosen.detail.join('\n')}</pre>}
          </DetailPanel>
        )}
      </ListFrame>
    </>
  );
}

function Nothing({ isEmpty, isCleared }: { readonly isEmpty: boolean; readonly isCleared: boolean }) {
  if (!isEmpty) return <EmptyState icon="search" title={words.nothingFound} />;
  if (!isCleared) return <EmptyState icon="logs" title={words.emptyTitle} />;
  return (
    <EmptyState icon="logs" title={words.clearedTitle}>
      <p>{words.cleared}</p>
    </EmptyState>
  );
}

const timeOf = ({ at }: LogEntry): number => at;

function levelOf(text: string | null): ShownLevel {
  return SHOWN_LEVELS.find((level) => level === text) ?? 'all';
}

function keyOf({ id, at }: LogEntry): string {
  return `${id}-${at}`;
}

/** A line as the log file has it. */
function lineOf({ at, level, text, detail = [] }: LogEntry): string {
  return [`${new Date(at).toISOString()} ${level.padEnd(5)} ${text}`, ...detail.map((line) => `    ${line}`)].join(
    '\n',
  );
}

function cellsOf({ at, level, text, detail }: LogEntry) {
  return [
    timeOfDay(at),
    <span className="logs__level">{words.names[level]}</span>,
    <span className="code">
      {text}
      {detail && <span className="logs__folded"> {words.folded(detail.length)}</span>}
    </span>,
  ];
}
