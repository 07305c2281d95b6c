// Actions of a request: send it again, make a function, copy it as a command or as Python.

import type { RequestDetail, RequestRecord } from '../../../../src-shared/request-record.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { curlOf, pythonOf } from './request-code.ts';
import { useCopy } from '../../../store/use-copy.ts';
import { usePage, useServerUrl } from '../../../store/use-page.ts';
import { useKey } from './use-key.ts';
import { useReplay } from './use-replay.ts';
import { INSPECTOR_WORDS as words } from './words.ts';

export interface RequestActionsProps {
  readonly detail: RequestDetail;
  readonly onShow: (record: RequestRecord) => void;
  /** Makes a function from its script; null when it has no script. */
  readonly onPromote: (() => void) | null;
}

export function RequestActions({ detail, onShow, onPromote }: RequestActionsProps) {
  const { record, request } = detail;
  const platform = usePage((page) => page.program.platform);
  const copy = useCopy();
  const { replay, isWaiting } = useReplay(onShow);
  const url = useServerUrl();
  const isCalculation = record.path === '/evaluate' || record.path.startsWith('/query/');
  const body = request.kind === 'kept' ? request.text : null;
  const replayOnce = (): void => {
    if (isCalculation && body !== null && !isWaiting) replay(record.id, null);
  };
  useKey('r', replayOnce);
  return (
    <>
      {isCalculation && (
        <Button icon="play" isDisabled={body === null || isWaiting} onPress={replayOnce}>
          {words.replay}
        </Button>
      )}
      {onPromote !== null && (
        <Button icon="functions" onPress={onPromote}>
          {words.promote}
        </Button>
      )}
      {body !== null && (
        <>
          <CopyButton label={words.copyCurl} onCopy={() => copy(curlOf(url, record, body, platform))} />
          <CopyButton label={words.copyPython} onCopy={() => copy(pythonOf(url, record, body))} />
        </>
      )}
    </>
  );
}
