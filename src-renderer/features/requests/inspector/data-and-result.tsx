// Data and result of a request, side by side, row by row.

import { useMemo } from 'react';
import { DataGrid } from '../../../components/data-grid.tsx';
import { count } from '../../../text/figures.ts';
import { cellText, figuresOf } from '../../../store/inspection.ts';
import type { Column, Inspection } from '../../../store/inspection.ts';
import { INSPECTOR_WORDS as words } from './words.ts';

export function DataAndResult({ inspection }: { readonly inspection: Inspection }) {
  const { data, result } = inspection;
  return (
    <div className="inspector__grids">
      {data.length > 0 && <Side title={words.data} columns={data} />}
      {result.length > 0 && <Side title={words.result} columns={result} />}
    </div>
  );
}

function Side({ title, columns }: { readonly title: string; readonly columns: readonly Column[] }) {
  const shown = useMemo(() => columns.map((column) => ({ ...column, note: noteOf(column) })), [columns]);
  return (
    <section className="inspector__grid">
      <h3>{title}</h3>
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
