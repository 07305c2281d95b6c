// One opened refresh: its requests, and what would make it faster.

import type { ReactNode } from 'react';
import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { Banner } from '../../components/banner.tsx';
import { DetailPanel } from '../../components/detail-panel.tsx';
import { Rows } from '../../components/rows.tsx';
import { duration } from '../../text/figures.ts';
import { isFailed, requestKey } from '../../store/request-facts.ts';
import type { FoldedRefresh } from './request-rows.ts';
import { WORDS } from '../../text/words.ts';
import { REQUEST_WORDS as words } from './words.ts';
import { cellsOf } from './request-cells.tsx';

export interface RefreshDetailProps {
  readonly refresh: FoldedRefresh;
  readonly moveButton: ReactNode;
  readonly onClose: () => void;
  readonly onShow: (record: RequestRecord) => void;
}

export function RefreshDetail({ refresh, moveButton, onClose, onShow }: RefreshDetailProps) {
  const { records, spanMs, storm } = refresh;
  return (
    <DetailPanel
      title={words.refresh(records.length, duration(spanMs))}
      look="tall"
      closeLabel={WORDS.closeDetails}
      onClose={onClose}
      actions={moveButton}
    >
      {storm && <Banner tone="warn">{storm}</Banner>}
      <div className="inspector__calls split-frame__list">
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
