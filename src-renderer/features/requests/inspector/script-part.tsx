// Script of a request with the line that failed, in colours.

import { CopyButton } from '../../../components/copy-button.tsx';
import { ScriptLines } from '../../../components/script-lines.tsx';
import { usePythonPieces } from '../../../code/use-python-pieces.ts';
import { useCopy } from '../../../store/use-copy.ts';
import type { RequestDetail } from '../../../../src-shared/request-record.ts';
import { INSPECTOR_WORDS as words } from './words.ts';

export interface ScriptPartProps {
  readonly detail: RequestDetail;
  readonly script: string;
}

export function ScriptPart({ detail: { error }, script }: ScriptPartProps) {
  const pieces = usePythonPieces(script);
  const copy = useCopy();
  return (
    <div className="inspector__script">
      <ScriptLines
        label={words.parts.script}
        text={script}
        marked={error?.line ?? null}
        note={error && `${error.type}: ${error.text}`}
        pieces={pieces}
      />
      <div className="inspector__copy">
        <CopyButton label={words.copyScript} onCopy={() => copy(script)} isIconOnly />
      </div>
    </div>
  );
}
