// One opened request: its verdict, its parts, and what can be done with it. Keyboard focus stays when another request
// takes its place.

import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { RequestDetail as Detail, RequestRecord } from '../../../../src-shared/request-record.ts';
import { Banner } from '../../../components/banner.tsx';
import { DetailPanel } from '../../../components/detail-panel.tsx';
import { PartTabs } from '../../../components/part-tabs.tsx';
import { inspectionOf } from '../../../store/inspection.ts';
import type { Inspection } from '../../../store/inspection.ts';
import { requestKey, whatRan } from '../../../store/request-facts.ts';
import { useRequestDetail } from './use-request-detail.ts';
import { WORDS } from '../../../text/words.ts';
import { INSPECTOR_WORDS as words } from './words.ts';
import { BodyTexts, HeaderFacts, Prints } from './plain-parts.tsx';
import { DataAndResult } from './data-and-result.tsx';
import { AddedSince } from './missing-package.tsx';
import { PromoteForm } from './promote-form.tsx';
import { RequestActions } from './request-actions.tsx';
import { ScriptPart } from './script-part.tsx';
import { Summary } from './summary.tsx';
import { VerdictBanner } from './verdict-banner.tsx';
import './inspector.css';

/** Loaded only when it is opened: the editor is larger than the rest of the page. */
const RepairBench = lazy(() => import('./repair/repair-bench.tsx').then((it) => ({ default: it.RepairBench })));

export interface RequestDetailProps {
  readonly record: RequestRecord;
  /** Opens its script in the editor at once. */
  readonly isRepairFirst: boolean;
  /** Moves the details beside the list or below it. */
  readonly moveButton: ReactNode;
  readonly onClose: () => void;
  /** Shows another request, such as the new one after sending this again. */
  readonly onShow: (record: RequestRecord) => void;
}

/** What is done with the request, in place of its parts. `script`: the script to make a function of. */
type Doing = { readonly kind: 'repair' } | { readonly kind: 'promote'; readonly script: string };

export function RequestDetail({ record, isRepairFirst, moveButton, onClose, onShow }: RequestDetailProps) {
  const detail = useRequestDetail(record);
  const inspection = useMemo(() => (detail === null ? null : inspectionOf(detail)), [detail]);
  const key = requestKey(record);
  const [work, setWork] = useState<{ readonly key: string; readonly doing: Doing } | null>(
    isRepairFirst ? { key, doing: { kind: 'repair' } } : null,
  );
  const doing = work?.key === key ? work.doing : null;
  const script = inspection?.script ?? null;
  const begin = (next: Doing): void => setWork({ key, doing: next });
  const end = (): void => setWork(null);
  useFocusAfter(doing !== null);
  return (
    <DetailPanel
      title={whatRan(record)}
      look="tall"
      closeLabel={WORDS.closeDetails}
      onClose={onClose}
      onEscape={doing === null ? onClose : end}
      actions={
        <>
          <RequestActions
            record={record}
            detail={detail}
            onShow={onShow}
            onRepair={script === null ? null : () => (doing?.kind === 'repair' ? end() : begin({ kind: 'repair' }))}
            onPromote={
              script === null ? null : () => (doing?.kind === 'promote' ? end() : begin({ kind: 'promote', script }))
            }
          />
          {moveButton}
        </>
      }
    >
      <VerdictBanner record={record} error={detail?.error ?? null} />
      {detail?.error?.missing !== undefined && <AddedSince module={detail.error.missing} />}
      {detail?.request.kind === 'head' && !detail.request.isWholeKept && (
        <Banner tone="info">{words.onlyFirstRows}</Banner>
      )}
      {detail && doing?.kind === 'promote' ? (
        <PromoteForm key={key} detail={detail} script={doing.script} onCancel={end} />
      ) : detail && inspection && script !== null && doing?.kind === 'repair' ? (
        <Suspense fallback={<p className="soft">{WORDS.loading}</p>}>
          <RepairBench
            key={key}
            detail={detail}
            inspection={inspection}
            script={script}
            onPromote={(repaired) => begin({ kind: 'promote', script: repaired })}
            onClose={end}
          />
        </Suspense>
      ) : detail && inspection ? (
        <Parts key={key} detail={detail} inspection={inspection} />
      ) : (
        <Summary record={record} />
      )}
    </DetailPanel>
  );
}

/** Keeps the keyboard in the details when what had its focus ends. */
function useFocusAfter(isDoing: boolean): void {
  const was = useRef(isDoing);
  useEffect(() => {
    if (was.current && !isDoing && document.activeElement === document.body)
      document.querySelector<HTMLElement>('.detail-panel__body')?.focus();
    was.current = isDoing;
  }, [isDoing]);
}

interface PartsProps {
  readonly detail: Detail;
  readonly inspection: Inspection;
}

function Parts({ detail, inspection }: PartsProps) {
  const { record, prints } = detail;
  const parts: readonly (readonly [keyof typeof words.parts, ReactNode])[] = [
    ['script', inspection.script !== null && <ScriptPart detail={detail} script={inspection.script} />],
    [
      'data',
      inspection.data.length + inspection.result.length > 0 && (
        <DataAndResult detail={detail} inspection={inspection} />
      ),
    ],
    ['prints', prints !== '' && <Prints detail={detail} />],
    ['summary', <Summary record={record} />],
    ['headers', <HeaderFacts headers={detail.headers} />],
    ['raw', <BodyTexts detail={detail} />],
  ];
  const shown = parts.filter(([, content]) => content !== false);
  return (
    <PartTabs
      label={words.detail}
      look="inspector"
      first={shown[0]?.[0] ?? 'summary'}
      parts={shown.map(([id, content]) => ({ id, title: words.parts[id], content }))}
    />
  );
}
