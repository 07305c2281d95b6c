// Data and result of a request, side by side, row by row.

import { useMemo } from 'react';
import type { RequestDetail } from '../../../../src-shared/request-record.ts';
import { DataGrid } from '../../../components/data-grid.tsx';
import { count } from '../../../text/figures.ts';
import { cellText, figuresOf } from '../../../store/inspection.ts';
import type { Column, Inspection } from '../../../store/inspection.ts';
import { INSPECTOR_WORDS as words } from './words.ts';

export interface DataAndResultProps {
  readonly detail: RequestDetail;
  readonly inspection: Inspection;
}

export function DataAndResult({ detail, inspection }: DataAndResultProps) {
  const { data, result, allData, allResult } = inspection;
  const { request } = detail;
  return (
    <div className="inspector__grids">
      {data.length > 0 && (
        <ColumnGrid
          title={words.data}
          columns={data}
          all={allData}
          more={request.kind === 'head' ? words.cutData(request.isWholeKept) : null}
        />
      )}
      {result.length > 0 && <ColumnGrid title={words.result} columns={result} all={allResult} more={null} />}
    </div>
  );
}

export interface ColumnGridProps {
  readonly title: string;
  readonly columns: readonly Column[];
  /** How many rows there were of which these are the first; null: these are all. */
  readonly all: number | null;
  /** What that means for sending the request again. */
  readonly more: string | null;
}

export function ColumnGrid({ title, columns, all, more }: ColumnGridProps) {
  const shown = useMemo(
    () => columns.map((column) => ({ ...column, note: all === null ? noteOf(column) : '' })),
    [columns, all],
  );
  const rows = columns.reduce((most, { values }) => Math.max(most, values.length), 0);
  return (
    <section className="inspector__grid">
      <h3>
        {title}
        {all !== null && (
          <span className="small faint">
            {' '}
            {words.firstRows(count(rows), count(all))} {more}
          </span>
        )}
      </h3>
      <DataGrid label={title} columns={shown} textOf={cellText} rowName={words.row} />
    </section>
  );
}

function noteOf(column: Column): string {
  const { nulls, least, most, distinct } = figuresOf(column);
  const range = least === null || least === most ? [] : [`${short(least)} – ${short(most ?? '')}`];
  return [...range, words.distinct(count(distinct)), ...(nulls > 0 ? [words.nulls(count(nulls))] : [])].join(' · ');
}

function short(text: string): string {
  return text.length > 12 ? `${text.slice(0, 11)}…` : text;
}
