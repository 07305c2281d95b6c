// One refresh opened: its calls, and what would make it faster.

import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { Banner } from '../../components/banner.tsx';
import { DetailPanel } from '../../components/detail-panel.tsx';
import { Rows } from '../../components/rows.tsx';
import { duration } from '../../figures.ts';
import { requestKey } from './request-rows.ts';
import type { FoldedRefresh } from './request-rows.ts';
import { isFailed } from '../../store/tally.ts';
import { STRINGS } from '../../words.ts';
import { cellsOf } from './request-cells.tsx';

const words = STRINGS.requests;

export interface RefreshDetailProps {
  readonly refresh: FoldedRefresh;
  readonly onClose: () => void;
  readonly onShow: (record: RequestRecord) => void;
}

export function RefreshDetail({ refresh, onClose, onShow }: RefreshDetailProps) {
  const { records, spanMs, storm } = refresh;
  return (
    <DetailPanel
      title={words.refresh(records.length, duration(spanMs))}
      look="tall"
      closeLabel={words.close}
      onClose={onClose}
    >
      {storm && <Banner tone="warn">{storm}</Banner>}
      <div className="inspector__calls">
        <Rows
          label={words.calls}
          look="requests"
          columns={words.columns}
          rows={records}
          keyOf={requestKey}
          cellsOf={cellsOf}
          toneOf={(record) => (isFailed(record) ? 'bad' : 'plain')}
          chosen={null}
          onChoose={(record) => {
            if (record !== null) onShow(record);
          }}
        />
      </div>
    </DetailPanel>
  );
}
