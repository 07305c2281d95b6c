// Summary of a request: everything known without its bodies.

import type { RequestRecord } from '../../../../src-shared/request-record.ts';
import { Facts } from '../../../components/facts.tsx';
import { VerdictMark } from '../../../components/verdict-mark.tsx';
import { count, duration, moment, size, timeOfDay } from '../../../text/figures.ts';
import { VERDICT_WORDS } from '../words.ts';
import { INSPECTOR_WORDS as words } from './words.ts';

export function Summary({ record }: { readonly record: RequestRecord }) {
  const { startedAt, elapsedMs, waitedMs, ranMs, method, path, status, verdict, rowsSent, rowsBack } = record;
  const { requestBytes, responseBytes, client, user, remoteAddress } = record;
  const optional = [
    [words.facts.waited, waitedMs === null ? null : duration(waitedMs)],
    [words.facts.ran, ranMs === null ? null : duration(ranMs)],
    [words.facts.rowsSent, rowsSent === null ? null : count(rowsSent)],
    [words.facts.rowsBack, rowsBack === null ? null : count(rowsBack)],
  ] as const;
  return (
    <Facts
      isWide
      facts={[
        { name: words.facts.time, value: <span title={moment(startedAt, 0)}>{timeOfDay(startedAt)}</span> },
        { name: words.facts.verdict, value: <VerdictMark verdict={verdict}>{VERDICT_WORDS[verdict]}</VerdictMark> },
        { name: words.facts.asked, value: <span className="code">{`${method} ${path}`}</span> },
        { name: words.facts.status, value: String(status) },
        { name: words.facts.took, value: duration(elapsedMs) },
        ...optional.flatMap(([name, value]) => (value === null ? [] : [{ name, value }])),
        { name: words.facts.requestSize, value: size(requestBytes) },
        { name: words.facts.answerSize, value: size(responseBytes) },
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
