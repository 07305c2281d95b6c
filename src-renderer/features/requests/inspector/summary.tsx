// Summary of a request: everything known without its bodies, and the number of rows each way.

import type { RequestRecord } from '../../../../src-shared/request-record.ts';
import { Facts } from '../../../components/facts.tsx';
import { count, duration, moment, size, timeOfDay } from '../../../text/figures.ts';
import type { Inspection } from '../../../store/inspection.ts';
import { INSPECTOR_WORDS as words } from './words.ts';

export interface SummaryProps {
  readonly record: RequestRecord;
  /** Null until the bodies have come. */
  readonly inspection: Inspection | null;
}

export function Summary({ record, inspection }: SummaryProps) {
  const { startedAt, elapsedMs, status, requestBytes, responseBytes, client, user, remoteAddress } = record;
  const rows = [inspection?.rowsSent, inspection?.rowsBack];
  return (
    <Facts
      isWide
      facts={[
        { name: words.facts.time, value: <span title={moment(startedAt, 0)}>{timeOfDay(startedAt)}</span> },
        { name: words.facts.status, value: String(status) },
        { name: words.facts.took, value: duration(elapsedMs) },
        { name: words.facts.requestSize, value: size(requestBytes) },
        { name: words.facts.answerSize, value: size(responseBytes) },
        ...rows.flatMap((number, index) =>
          number === null || number === undefined
            ? []
            : [{ name: index === 0 ? words.facts.rowsSent : words.facts.rowsBack, value: count(number) }],
        ),
        { name: words.facts.user, value: user ?? <Unknown /> },
        { name: words.facts.client, value: client ?? <Unknown /> },
        { name: words.facts.address, value: <span className="code">{remoteAddress}</span> },
      ]}
    />
  );
}

function Unknown() {
  return <span className="faint">{words.unknown}</span>;
}
