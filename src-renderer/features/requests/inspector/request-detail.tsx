// One opened request: its summary, script, data, result and printed text, and its actions.

import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { RequestDetail as Detail, RequestRecord } from '../../../../src-shared/request-record.ts';
import { Banner } from '../../../components/banner.tsx';
import { DetailPanel } from '../../../components/detail-panel.tsx';
import { PartTabs } from '../../../components/part-tabs.tsx';
import { inspectionOf } from '../../../store/inspection.ts';
import type { Inspection } from '../../../store/inspection.ts';
import { useRequestDetail } from './use-request-detail.ts';
import { WORDS } from '../../../text/words.ts';
import { INSPECTOR_WORDS as words } from './words.ts';
import { BodyTexts, HeaderFacts, Prints } from './plain-parts.tsx';
import { DataAndResult } from './data-and-result.tsx';
import { MissingPackage } from './missing-package.tsx';
import { PromoteForm } from './promote-form.tsx';
import { RequestActions } from './request-actions.tsx';
import { ScriptPart } from './script-part.tsx';
import { Summary } from './summary.tsx';
import './inspector.css';

export interface RequestDetailProps {
  readonly record: RequestRecord;
  readonly onClose: () => void;
  /** Shows another request, such as the new one after sending this again. */
  readonly onShow: (record: RequestRecord) => void;
}

export function RequestDetail({ record, onClose, onShow }: RequestDetailProps) {
  const detail = useRequestDetail(record);
  const inspection = useMemo(() => (detail === null ? null : inspectionOf(detail)), [detail]);
  const key = `${record.id}-${record.startedAt}`;
  const [promoting, setPromoting] = useState<string | null>(null);
  const script = inspection?.script ?? null;
  return (
    <DetailPanel
      title={`${record.method} ${record.path}`}
      look="tall"
      closeLabel={WORDS.closeDetails}
      onClose={onClose}
      actions={
        detail && (
          <RequestActions
            detail={detail}
            onShow={onShow}
            onPromote={script === null ? null : () => setPromoting(promoting === key ? null : key)}
          />
        )
      }
    >
      {record.failure && <Banner tone="error">{record.failure}</Banner>}
      {detail?.error?.missing !== undefined && <MissingPackage module={detail.error.missing} />}
      {inspection?.hints.map(({ tone, text }) => (
        <Banner key={text} tone={tone}>
          {tone === 'error' ? <b>{words.rejected} </b> : null}
          {text}
        </Banner>
      ))}
      {detail && script !== null && promoting === key ? (
        <PromoteForm key={key} detail={detail} script={script} onCancel={() => setPromoting(null)} />
      ) : detail && inspection ? (
        <Parts key={key} detail={detail} inspection={inspection} onShow={onShow} />
      ) : (
        <Summary record={record} inspection={null} />
      )}
    </DetailPanel>
  );
}

interface PartsProps {
  readonly detail: Detail;
  readonly inspection: Inspection;
  readonly onShow: (record: RequestRecord) => void;
}

function Parts({ detail, inspection, onShow }: PartsProps) {
  const { record, prints } = detail;
  const parts: readonly (readonly [keyof typeof words.parts, ReactNode])[] = [
    ['summary', <Summary record={record} inspection={inspection} />],
    ['script', inspection.script !== null && <ScriptPart detail={detail} script={inspection.script} onShow={onShow} />],
    ['data', inspection.data.length + inspection.result.length > 0 && <DataAndResult inspection={inspection} />],
    ['prints', prints !== '' && <Prints detail={detail} />],
    ['headers', <HeaderFacts headers={detail.headers} />],
    ['raw', <BodyTexts detail={detail} />],
  ];
  return (
    <PartTabs
      label={words.detail}
      look="inspector"
      first={inspection.script === null || !record.failure ? 'summary' : 'script'}
      parts={parts
        .filter(([, content]) => content !== false)
        .map(([id, content]) => ({ id, title: words.parts[id], content }))}
    />
  );
}
