// One opened refresh: its requests, and what would make it faster.

import type { ReactNode } from 'react';
import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { DetailPanel } from '../../components/detail-panel.tsx';
import { Rows } from '../../components/rows.tsx';
import { duration } from '../../text/figures.ts';
import { isFailed, requestKey } from '../../store/request-facts.ts';
import type { FoldedRefresh } from './request-rows.ts';
import { WORDS } from '../../text/words.ts';
import { REQUEST_WORDS as words } from './words.ts';
import { cellsOf } from './request-cells.tsx';
import { VerdictBanner } from './inspector/verdict-banner.tsx';
import { INSPECTOR_WORDS } from './inspector/words.ts';

export interface RefreshDetailProps {
  readonly refresh: FoldedRefresh;
  readonly moveButton: ReactNode;
  readonly onClose: () => void;
  readonly onShow: (record: RequestRecord) => void;
  /** Opens the script of a request in the editor. */
  readonly onRepair: (record: RequestRecord) => void;
}

export function RefreshDetail({ refresh, moveButton, onClose, onShow, onRepair }: RefreshDetailProps) {
  const { records, worst, failed, spanMs, storm } = refresh;
  return (
    <DetailPanel
      title={words.refresh(records.length, duration(spanMs))}
      look="tall"
      closeLabel={WORDS.closeDetails}
      onClose={onClose}
      actions={
        <>
          {failed > 0 && worst.path === '/evaluate' && (
            <Button icon="edit" look="main" onPress={() => onRepair(worst)}>
              {INSPECTOR_WORDS.repair}
            </Button>
          )}
          {moveButton}
        </>
      }
    >
      {failed > 0 && <VerdictBanner record={worst} error={null} />}
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
