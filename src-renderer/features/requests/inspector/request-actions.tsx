// What can be done with a request: send it again, take it along as a command or as Python.

import type { RequestDetail, RequestRecord } from '../../../../src-shared/request-record.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { curlOf, pythonOf } from './request-code.ts';
import { useCopy } from '../../../store/use-copy.ts';
import { useServerUrl } from '../../../store/use-server-url.ts';
import { usePage } from '../../../store/use-page.ts';
import { useKey } from './use-key.ts';
import { useReplay } from './use-replay.ts';
import { STRINGS } from '../../../words.ts';

const words = STRINGS.requests;

export interface RequestActionsProps {
  readonly detail: RequestDetail;
  readonly onShow: (record: RequestRecord) => void;
  /** Makes a function of its script; null where it has none. */
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
