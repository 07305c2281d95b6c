// Result of a run: the answer as a table or a chart, its pictures, the printed text, and what Tableau would say about
// it. All of it is shown as text.

import { useMemo, useState } from 'react';
import type { TestRun } from '../../src-shared/function-detail.ts';
import type { CallFacts } from '../../src-shared/verdict.ts';
import { Banner } from '../components/banner.tsx';
import { ColumnChart } from '../components/column-chart.tsx';
import { DataGrid } from '../components/data-grid.tsx';
import { Segments } from '../components/fields.tsx';
import { PngPicture } from '../components/png-picture.tsx';
import { count } from '../text/figures.ts';
import { cellText } from '../store/inspection.ts';
import { outcomeOf } from './trial-outcome.ts';
import type { NumberColumn } from './trial-outcome.ts';
import { TRIAL_WORDS as words } from './words.ts';
import './trial-result.css';

// A browser needs seconds to lay out a line of a megabyte.
const MOST_SHOWN = 20_000;

export function TrialResult({ run }: { readonly run: TestRun }) {
  return (
    <>
      {run.kind === 'answered' && <Answer result={run.result} call={run.call} />}
      {run.pictures.map((png, index) => (
        <PngPicture
          key={`${index}-${png.length}`}
          label={words.picture(index + 1, run.pictures.length)}
          png={png}
          fault={words.brokenPicture}
        />
      ))}
      {run.kind === 'failed' && run.error.traceback && <Words title={words.traceback} text={run.error.traceback} />}
      {run.prints !== '' && <Words title={words.prints} text={run.prints} />}
    </>
  );
}

function Answer({ result, call }: { readonly result: string; readonly call: CallFacts }) {
  const { columns, numbers, text, hints } = useMemo(() => outcomeOf(result, call), [result, call]);
  const shown = useMemo(() => columns?.map((column) => ({ ...column, note: '' })) ?? null, [columns]);
  const [look, setLook] = useState<'table' | 'chart'>('table');
  const isChart = look === 'chart' && numbers.length > 0;
  return (
    <>
      {hints.map((hint) => (
        <Banner key={hint.text} tone={hint.tone}>
          {hint.tone === 'error' && <b>{words.rejected} </b>}
          {hint.text}
        </Banner>
      ))}
      {numbers.length > 0 && (
        <div className="trial-result__look">
          <Segments
            label={words.look}
            value={look}
            choices={[
              { value: 'table', label: words.table },
              { value: 'chart', label: words.chart },
            ]}
            onChange={(value) => setLook(value === 'chart' ? 'chart' : 'table')}
          />
        </div>
      )}
      {isChart ? (
        <Charts columns={numbers} />
      ) : shown === null ? (
        <Words title={words.result} text={text} />
      ) : (
        <div className="trial-result__grid">
          <DataGrid label={words.result} columns={shown} textOf={cellText} rowName={words.row} />
        </div>
      )}
    </>
  );
}

function Charts({ columns }: { readonly columns: readonly NumberColumn[] }) {
  return columns.map(({ name, values, least, most, gaps }) => (
    <ColumnChart
      key={name}
      name={name}
      label={words.chartOf(name, count(values.length), least, most, gaps)}
      values={values}
      textOf={numberText}
      rowName={words.row}
    />
  ));
}

/** A number on a scale: as many digits as can be read. */
function numberText(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function Words({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section className="trial-result__words">
      <h3 className="small faint">{title}</h3>
      <pre tabIndex={0} role="region" aria-label={title}>
        {text.slice(0, MOST_SHOWN)}
        {text.length > MOST_SHOWN && `\n${words.cut(count(text.length - MOST_SHOWN))}`}
      </pre>
    </section>
  );
}
