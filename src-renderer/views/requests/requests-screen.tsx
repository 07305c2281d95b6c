// The requests as they come, the newest first, and what is known of each. Must not know bodies.

import { useMemo, useState } from 'react';
import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SearchBox, Segments, SmallSwitch } from '../../components/fields.tsx';
import { ListFrame } from '../../components/list-frame.tsx';
import { Rows } from '../../components/rows.tsx';
import { duration, size, timeOfDay } from '../../figures.ts';
import { foundRequests, REQUEST_KINDS } from '../../state/request-filter.ts';
import type { RequestFilter, RequestKind } from '../../state/request-filter.ts';
import { hashOf } from '../../state/route.ts';
import { isFailed } from '../../state/tally.ts';
import { usePage, useProgram } from '../../state/use-page.ts';
import { STRINGS } from '../../strings.ts';
import { RequestDetail } from './request-detail.tsx';
import './requests-screen.css';

const words = STRINGS.requests;

/** `detail`: the kind that is shown first. */
export function RequestsScreen({ detail }: { readonly detail: string | null }) {
  const { calls, store } = useProgram();
  const current = usePage((page) => page.requests);
  const [paused, setPaused] = useState<readonly RequestRecord[] | null>(null);
  const [filter, setFilter] = useState<RequestFilter>({ kind: kindOf(detail), search: '', isInfoHidden: false });
  const [chosen, setChosen] = useState<RequestRecord | null>(null);
  const shown = paused ?? current;
  const found = useMemo(() => foundRequests(shown, filter).toReversed(), [shown, filter]);
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
      <ListFrame>
        {found.length === 0 ? (
          <Nothing isEmpty={shown.length === 0} />
        ) : (
          <Rows
            label={words.list}
            look="requests"
            columns={words.columns}
            rows={found}
            keyOf={keyOf}
            cellsOf={cellsOf}
            toneOf={toneOf}
            chosen={chosen === null ? null : keyOf(chosen)}
            onChoose={setChosen}
          />
        )}
        {chosen && <RequestDetail record={chosen} onClose={() => setChosen(null)} onShow={setChosen} />}
      </ListFrame>
    </>
  );
}

function Nothing({ isEmpty }: { readonly isEmpty: boolean }) {
  if (!isEmpty) return <EmptyState icon="search" title={words.nothingFound} />;
  return (
    <EmptyState icon="requests" title={words.emptyTitle}>
      <p>{words.empty}</p>
      <a href={hashOf('connect')}>{STRINGS.screens.connect}</a>
    </EmptyState>
  );
}

function kindOf(text: string | null): RequestKind {
  return REQUEST_KINDS.find((kind) => kind === text) ?? 'all';
}

/** Ids begin anew with the program, which may be while the page stays. */
function keyOf({ id, startedAt }: RequestRecord): string {
  return `${id}-${startedAt}`;
}

function newerThan(records: readonly RequestRecord[], last: RequestRecord | undefined): number {
  if (last === undefined) return records.length;
  return records.length - 1 - records.findLastIndex((record) => keyOf(record) === keyOf(last));
}

function toneOf(record: RequestRecord): string {
  return isFailed(record) ? 'bad' : 'plain';
}

function cellsOf(record: RequestRecord) {
  const { startedAt, method, path, preview, failure, status, elapsedMs, requestBytes, responseBytes, user, client } =
    record;
  return [
    timeOfDay(startedAt),
    method,
    <>
      <span className="code">{path}</span>
      {preview && <span className="requests__preview code"> {preview}</span>}
      {failure && <span className="rows__why"> {failure}</span>}
    </>,
    isFailed(record) ? <span className="rows__why">▲ {status}</span> : status,
    duration(elapsedMs),
    size(requestBytes),
    size(responseBytes),
    user ?? client ?? record.remoteAddress,
  ];
}
