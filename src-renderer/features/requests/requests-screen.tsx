// List of requests: the newest first, filtered, paused or cleared; a row opens its details. Must not know bodies.

import { useMemo, useState } from 'react';
import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SearchBox, Segments, SmallSwitch } from '../../components/fields.tsx';
import { ListFrame } from '../../components/detail-panel.tsx';
import { Rows } from '../../components/rows.tsx';
import { foundRequests, REQUEST_KINDS } from './request-filter.ts';
import type { RequestFilter, RequestKind } from './request-filter.ts';
import { requestRows, rowKey } from './request-rows.ts';
import { requestKey } from '../../store/request-facts.ts';
import type { FoldedRefresh, RequestRow } from './request-rows.ts';
import { hashOf } from '../../store/route.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { WORDS } from '../../text/words.ts';
import { REQUEST_WORDS as words } from './words.ts';
import { RefreshDetail } from './refresh-detail.tsx';
import { cellsOfRow, toneOfRow } from './request-cells.tsx';
import { RequestDetail } from './inspector/request-detail.tsx';
import './requests-screen.css';

/** `detail`: the kind that is shown first, or the id of a request to open. */
export function RequestsScreen({ detail }: { readonly detail: string | null }) {
  const { calls, store } = useProgram();
  const current = usePage((page) => page.requests);
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
  const found = useMemo(() => requestRows(foundRequests(shown, filter), isFolding), [shown, filter, isFolding]);
  const show = (record: RequestRecord): void => setChosen({ kind: 'request', record });
  const close = (): void => setChosen(null);
  const newer = paused === null ? 0 : newerThan(current, paused.at(-1));

  const clear = (): void => {
    setPaused(null);
    setChosen(null);
    void store.attempt(calls.clearRequests());
  };

  return (
    <>
      <div className="tool-bar">
        <SearchBox
          label={words.search}
          placeholder={words.searchHint}
          value={filter.search}
          onChange={(search) => setFilter({ ...filter, search })}
        />
        <div className="tool-bar__end">
          {paused !== null && <span className="requests__paused small soft figure">{words.paused(newer)}</span>}
          <Button
            icon={paused === null ? 'pause' : 'play'}
            isDisabled={current.length === 0 && paused === null}
            onPress={() => setPaused(paused === null ? current : null)}
          >
            {paused === null ? words.pause : words.resume}
          </Button>
          <Button icon="remove" isDisabled={shown.length === 0} onPress={clear}>
            {words.clear}
          </Button>
        </div>
      </div>
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
      <ListFrame>
        {found.length === 0 ? (
          <Nothing isEmpty={shown.length === 0} />
        ) : (
          <Rows
            label={words.list}
            look="requests"
            columns={words.columns}
            rows={found}
            keyOf={rowKey}
            cellsOf={cellsOfRow}
            toneOf={toneOfRow}
            chosen={chosen === null ? null : rowKey(chosen)}
            onChoose={setChosen}
          />
        )}
        {chosen?.kind === 'request' && <RequestDetail record={chosen.record} onClose={close} onShow={show} />}
        {chosen?.kind === 'refresh' && (
          <RefreshDetail refresh={currentOf(found, chosen) ?? chosen.refresh} onClose={close} onShow={show} />
        )}
      </ListFrame>
    </>
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

/** The current state of a chosen refresh, which may have grown. */
function currentOf(rows: readonly RequestRow[], chosen: RequestRow): FoldedRefresh | null {
  const key = rowKey(chosen);
  const row = rows.find((one) => rowKey(one) === key);
  return row?.kind === 'refresh' ? row.refresh : null;
}

function newerThan(records: readonly RequestRecord[], last: RequestRecord | undefined): number {
  if (last === undefined) return records.length;
  return records.length - 1 - records.findLastIndex((record) => requestKey(record) === requestKey(last));
}
