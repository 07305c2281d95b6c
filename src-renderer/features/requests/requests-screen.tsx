// List of requests: those that run first, then the newest; filtered, paused or cleared. A row opens its details. Must
// not know bodies.

import { useMemo, useState } from 'react';
import type { LiveRequest, RequestRecord } from '../../../src-shared/request-record.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SearchBox, Segments, SmallSwitch } from '../../components/fields.tsx';
import { Rows } from '../../components/rows.tsx';
import { SplitFrame } from '../../components/split-frame.tsx';
import { foundLive, foundRequests, REQUEST_KINDS } from './request-filter.ts';
import type { RequestFilter, RequestKind } from './request-filter.ts';
import { requestRows, rowKey } from './request-rows.ts';
import { requestKey } from '../../store/request-facts.ts';
import type { RequestRow } from './request-rows.ts';
import { hashOf } from '../../store/route.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { WORDS } from '../../text/words.ts';
import { REQUEST_WORDS as words } from './words.ts';
import { LiveDetail } from './live-detail.tsx';
import { RefreshDetail } from './refresh-detail.tsx';
import { cellsOfRow, toneOfRow } from './request-cells.tsx';
import { RequestDetail } from './inspector/request-detail.tsx';
import './requests-screen.css';

const NONE: readonly LiveRequest[] = [];

/** `detail`: the kind that is shown first, or the id of a request to open. */
export function RequestsScreen({ detail }: { readonly detail: string | null }) {
  const { calls, store } = useProgram();
  const current = usePage((page) => page.requests);
  const live = usePage((page) => page.live);
  const [paused, setPaused] = useState<readonly RequestRecord[] | null>(null);
  const [filter, setFilter] = useState<RequestFilter>({ kind: kindOf(detail), search: '', isInfoHidden: false });
  const [isFolding, setFolding] = useState(true);
  const [chosen, setChosen] = useState<RequestRow | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  if (asked !== detail) {
    // The address changed: the user followed a link, perhaps on this screen.
    setAsked(detail);
    const record = current.findLast(({ id }) => String(id) === detail);
    if (record) setChosen({ kind: 'request', record });
    else setFilter({ ...filter, kind: kindOf(detail) });
  }
  const shown = paused ?? current;
  const shownLive = paused === null ? live : NONE;
  const found = useMemo(
    () => requestRows(foundRequests(shown, filter), foundLive(shownLive, filter), isFolding),
    [shown, shownLive, filter, isFolding],
  );
  const opened = chosen === null ? null : currentOf(chosen, current, live, found);
  const [repaired, setRepaired] = useState<string | null>(null);
  const choose = (row: RequestRow | null): void => {
    setRepaired(null);
    setChosen(row);
  };
  const show = (record: RequestRecord): void => choose({ kind: 'request', record });
  const repair = (record: RequestRecord): void => {
    setRepaired(requestKey(record));
    setChosen({ kind: 'request', record });
  };
  const close = (): void => choose(null);
  const stop = (one: LiveRequest): void => void store.attempt(calls.stopRequest(one.id));

  const clear = (): void => {
    setPaused(null);
    setChosen(null);
    void store.attempt(calls.clearRequests());
  };

  return (
    <>
      <ListBar
        filter={filter}
        onFilter={setFilter}
        newer={paused === null ? null : newerThan(current, paused.at(-1))}
        isEmpty={current.length === 0}
        count={shown.length}
        onPause={() => setPaused(paused === null ? current : null)}
        onClear={clear}
      />
      <div className="tool-bar">
        <Segments
          label={words.show}
          value={filter.kind}
          choices={REQUEST_KINDS.map((value) => ({ value, label: words.kinds[value] }))}
          onChange={(kind) => setFilter({ ...filter, kind: kindOf(kind) })}
        />
        <SmallSwitch
          label={words.hideInfo}
          isOn={filter.isInfoHidden}
          onChange={(isInfoHidden) => setFilter({ ...filter, isInfoHidden })}
        />
        <SmallSwitch label={words.fold} isOn={isFolding} onChange={setFolding} />
      </div>
      <SplitFrame
        name="requests"
        words={words.split}
        list={
          found.length === 0 ? (
            <Nothing isEmpty={shown.length === 0} />
          ) : (
            <Rows
              label={words.list}
              look="requests"
              columns={words.columns}
              rows={found}
              keyOf={rowKey}
              cellsOf={(row) => cellsOfRow(row, stop)}
              toneOf={toneOfRow}
              chosen={opened === null ? null : rowKey(opened)}
              onChoose={choose}
            />
          )
        }
        detail={
          opened === null
            ? null
            : (moveButton) => {
                const more = { moveButton, onClose: close };
                switch (opened.kind) {
                  case 'live':
                    return <LiveDetail live={opened.live} onStop={stop} {...more} />;
                  case 'request':
                    return (
                      <RequestDetail
                        record={opened.record}
                        isRepairFirst={requestKey(opened.record) === repaired}
                        onShow={show}
                        {...more}
                      />
                    );
                  case 'refresh':
                    return <RefreshDetail refresh={opened.refresh} onShow={show} onRepair={repair} {...more} />;
                }
              }
        }
      />
    </>
  );
}

interface ListBarProps {
  readonly filter: RequestFilter;
  readonly onFilter: (filter: RequestFilter) => void;
  /** Requests since the list was paused; null: it is not paused. */
  readonly newer: number | null;
  readonly isEmpty: boolean;
  readonly count: number;
  readonly onPause: () => void;
  readonly onClear: () => void;
}

function ListBar({ filter, onFilter, newer, isEmpty, count, onPause, onClear }: ListBarProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <div className="tool-bar">
      <SearchBox
        label={words.search}
        placeholder={words.searchHint}
        value={filter.search}
        onChange={(search) => onFilter({ ...filter, search })}
      />
      <div className="tool-bar__end">
        {newer !== null && <span className="requests__paused small soft figure">{words.paused(newer)}</span>}
        <Button icon={newer === null ? 'pause' : 'play'} isDisabled={isEmpty && newer === null} onPress={onPause}>
          {newer === null ? words.pause : words.resume}
        </Button>
        <Button icon="remove" isDisabled={count === 0} onPress={() => setAsking(true)}>
          {words.clear}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.clearTitle(count)}
        text={words.clearText}
        confirmLabel={words.clearNow}
        cancelLabel={words.clearNot}
        onConfirm={onClear}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

function Nothing({ isEmpty }: { readonly isEmpty: boolean }) {
  if (!isEmpty) return <EmptyState icon="search" title={words.nothingFound} />;
  return (
    <EmptyState icon="requests" title={words.emptyTitle}>
      <p>{words.empty}</p>
      <a href={hashOf('connect')}>{WORDS.screens.connect}</a>
    </EmptyState>
  );
}

function kindOf(text: string | null): RequestKind {
  return REQUEST_KINDS.find((kind) => kind === text) ?? 'all';
}

/**
 * The present state of a chosen row: a refresh may have grown, more may be known of a request, and one that ran may be
 * answered. A request without a record is still among the live ones, or was just cleared.
 */
function currentOf(
  chosen: RequestRow,
  records: readonly RequestRecord[],
  live: readonly LiveRequest[],
  rows: readonly RequestRow[],
): RequestRow {
  const key = rowKey(chosen);
  if (chosen.kind === 'refresh') return rows.find((one) => rowKey(one) === key) ?? chosen;
  const record = records.findLast((one) => requestKey(one) === key);
  if (record !== undefined) return { kind: 'request', record };
  const running = live.find((one) => requestKey(one) === key);
  return running === undefined ? chosen : { kind: 'live', live: running };
}

function newerThan(records: readonly RequestRecord[], last: RequestRecord | undefined): number {
  if (last === undefined) return records.length;
  return records.length - 1 - records.findLastIndex((record) => requestKey(record) === requestKey(last));
}
