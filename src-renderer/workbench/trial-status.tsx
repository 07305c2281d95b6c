// What became of a run in a sentence, which screen readers read when it appears.

import { useEffect, useRef } from 'react';
import { Banner } from '../components/banner.tsx';
import { duration } from '../text/figures.ts';
import type { Trial } from './use-trial.ts';
import { TRIAL_WORDS as words } from './words.ts';
import './trial-result.css';

export interface TrialStatusProps {
  readonly trial: Trial;
  /** Shown before the first run. */
  readonly hint: string;
}

export function TrialStatus({ trial, hint }: TrialStatusProps) {
  const place = useRef<HTMLDivElement>(null);
  const isDone = trial.kind === 'done' || trial.kind === 'refused';
  // In a small window the outcome may be below the code that was run.
  useEffect(() => {
    if (isDone) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isDone]);
  return (
    <div ref={place} className="trial-status" role="status">
      <Outcome trial={trial} hint={hint} />
    </div>
  );
}

function Outcome({ trial, hint }: TrialStatusProps) {
  switch (trial.kind) {
    case 'none':
      return <p className="small faint">{hint}</p>;
    case 'running':
      return <p className="soft">{words.running}</p>;
    case 'refused':
      return <Banner tone="error">{trial.why}</Banner>;
    case 'done': {
      const { run } = trial;
      if (run.kind === 'answered') return <p className="soft figure">{words.tookOf(duration(run.elapsedMs))}</p>;
      return (
        <Banner tone="error">
          <b>
            {run.error.type}: {run.error.text}
          </b>{' '}
          {run.error.cause !== undefined && <>{run.error.cause} </>}
          <span className="figure">{words.failedAfter(duration(run.elapsedMs))}</span>
        </Banner>
      );
    }
  }
}
