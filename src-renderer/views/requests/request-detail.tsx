// What is known of one request.

import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { Banner } from '../../components/banner.tsx';
import { DetailPanel } from '../../components/detail-panel.tsx';
import { Facts } from '../../components/facts.tsx';
import { duration, moment, size, timeOfDay } from '../../figures.ts';
import { STRINGS } from '../../strings.ts';

const words = STRINGS.requests;

export interface RequestDetailProps {
  readonly record: RequestRecord;
  readonly onClose: () => void;
}

export function RequestDetail({ record, onClose }: RequestDetailProps) {
  const { startedAt, elapsedMs, method, path, status, requestBytes, responseBytes } = record;
  const { client, user, remoteAddress, failure } = record;
  return (
    <DetailPanel title={`${method} ${path}`} closeLabel={words.close} onClose={onClose}>
      {failure && <Banner tone="error">{failure}</Banner>}
      <Facts
        isWide
        facts={[
          { name: words.facts.time, value: <span title={moment(startedAt, 0)}>{timeOfDay(startedAt)}</span> },
          { name: words.facts.status, value: String(status) },
          { name: words.facts.took, value: duration(elapsedMs) },
          { name: words.facts.sent, value: size(requestBytes) },
          { name: words.facts.got, value: size(responseBytes) },
          { name: words.facts.user, value: user ?? <Unknown /> },
          { name: words.facts.client, value: client ?? <Unknown /> },
          { name: words.facts.address, value: <span className="code">{remoteAddress}</span> },
        ]}
      />
    </DetailPanel>
  );
}

function Unknown() {
  return <span className="faint">{words.unknown}</span>;
}
