// What a request gave: its verdict, the reason, and the result. Shown twice, for before and after a repair.

import type { RequestDetail } from '../../../../../src-shared/request-record.ts';
import { VerdictMark } from '../../../../components/verdict-mark.tsx';
import type { Inspection } from '../../../../store/inspection.ts';
import { duration } from '../../../../text/figures.ts';
import { REQUEST_WORDS, VERDICT_WORDS } from '../../words.ts';
import { ColumnGrid } from '../data-and-result.tsx';
import { INSPECTOR_WORDS, REPAIR_WORDS as words } from '../words.ts';

export interface OutcomeSideProps {
  readonly title: string;
  /** The reason stands elsewhere, if it is not said here. */
  readonly isReasonSaid: boolean;
  readonly detail: RequestDetail;
  readonly inspection: Inspection;
}

export function OutcomeSide({ title, isReasonSaid, detail, inspection }: OutcomeSideProps) {
  const { record, prints } = detail;
  const { verdict, reason, rowsSent, rowsBack, ranMs } = record;
  return (
    <section className="repair__side" aria-label={title}>
      <h3>{title}</h3>
      <p className="small figure" role="status">
        <VerdictMark verdict={verdict}>{VERDICT_WORDS[verdict]}</VerdictMark>
        {rowsSent !== null && <span className="soft"> · {words.rows(REQUEST_WORDS.rows(rowsSent, rowsBack))}</span>}
        {ranMs !== null && <span className="soft"> · {duration(ranMs)}</span>}
      </p>
      {isReasonSaid && reason !== null && <p className="repair__reason small">{reason}</p>}
      {inspection.result.length > 0 && (
        <ColumnGrid title={INSPECTOR_WORDS.result} columns={inspection.result} all={inspection.allResult} more={null} />
      )}
      {prints !== '' && (
        <pre className="inspector__text small" tabIndex={0} role="region" aria-label={INSPECTOR_WORDS.parts.prints}>
          {prints.slice(0, MOST_PRINTS)}
        </pre>
      )}
    </section>
  );
}

const MOST_PRINTS = 4_000;
