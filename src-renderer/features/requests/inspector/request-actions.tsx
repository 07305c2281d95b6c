// Actions of a request: repair its script or function, send it again, make a function.

import type { RequestDetail, RequestRecord } from '../../../../src-shared/request-record.ts';
import { Button } from '../../../components/button.tsx';
import { calledFunction, isFailed, needsPython } from '../../../store/request-facts.ts';
import { useEditFunction } from './use-edit-function.ts';
import { useKey } from './use-key.ts';
import { useReplay } from './use-replay.ts';
import { INSPECTOR_WORDS as words } from './words.ts';

export interface RequestActionsProps {
  readonly record: RequestRecord;
  /** Null until the program answered. */
  readonly detail: RequestDetail | null;
  readonly onShow: (record: RequestRecord) => void;
  /** Opens its script in the editor; null when it has no script. */
  readonly onRepair: (() => void) | null;
  /** Makes a function from its script; null when it has no script. */
  readonly onPromote: (() => void) | null;
}

export function RequestActions({ record, detail, onShow, onRepair, onPromote }: RequestActionsProps) {
  const { replay, isWaiting } = useReplay(onShow);
  const editFunction = useEditFunction();
  const isCalculation = needsPython(record);
  const name = calledFunction(record);
  const request = detail?.request;
  const body = request?.kind === 'kept' || request?.kind === 'head' ? request.text : null;
  const canReplay = isCalculation && body !== null;
  const replayOnce = (): void => {
    if (canReplay) replay(record.id);
  };
  useKey('r', replayOnce);
  return (
    <>
      {onRepair !== null && (
        <Button icon="edit" look={isFailed(record) ? 'main' : 'plain'} onPress={onRepair}>
          {isFailed(record) ? words.repair : words.edit}
        </Button>
      )}
      {name !== null && detail !== null && (
        <Button icon="edit" look={isFailed(record) ? 'main' : 'plain'} onPress={() => editFunction(name, detail)}>
          {words.editFunction}
        </Button>
      )}
      {isCalculation && (
        <Button icon="play" onPress={replayOnce} aria-disabled={!canReplay || isWaiting}>
          {isWaiting ? words.replaying : words.replay}
        </Button>
      )}
      {onPromote !== null && (
        <Button icon="functions" onPress={onPromote}>
          {words.promote}
        </Button>
      )}
    </>
  );
}
