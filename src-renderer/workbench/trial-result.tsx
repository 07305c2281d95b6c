// Result of a test: the answer, the printed text, and what Tableau would say about it. All of it is shown as text.

import { useMemo } from 'react';
import type { TestRun } from '../../src-shared/function-detail.ts';
import { Banner } from '../components/banner.tsx';
import { DataGrid } from '../components/data-grid.tsx';
import { count } from '../text/figures.ts';
import { cellText } from '../store/inspection.ts';
import { outcomeOf } from './trial-outcome.ts';
import { TRIAL_WORDS as words } from './words.ts';
import './trial-result.css';

// A browser needs seconds to lay out a line of a megabyte.
const MOST_SHOWN = 20_000;

export function TrialResult({ run, data }: { readonly run: TestRun; readonly data: string }) {
  return (
    <>
      {run.kind === 'answered' && <Answer result={run.result} data={data} />}
      {run.kind === 'failed' && run.error.traceback && <Words title={words.traceback} text={run.error.traceback} />}
      {run.prints !== '' && <Words title={words.prints} text={run.prints} />}
    </>
  );
}

function Answer({ result, data }: { readonly result: string; readonly data: string }) {
  const { columns, text, hints } = useMemo(() => outcomeOf(result, data), [result, data]);
  const shown = useMemo(() => columns?.map((column) => ({ ...column, note: '' })) ?? null, [columns]);
  return (
    <>
      {hints.map((hint) => (
        <Banner key={hint.text} tone={hint.tone}>
          {hint.tone === 'error' && <b>{words.rejected} </b>}
          {hint.text}
        </Banner>
      ))}
      {shown === null ? (
        <Words title={words.result} text={text} />
      ) : (
        <div className="trial-result__grid">
          <DataGrid label={words.result} columns={shown} textOf={cellText} rowName={words.row} />
        </div>
      )}
    </>
  );
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
