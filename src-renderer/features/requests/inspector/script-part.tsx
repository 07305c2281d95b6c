// Script of a request with the line that failed, which can be changed and sent again.

import { useState } from 'react';
import { TextArea, TextField } from 'react-aria-components';
import type { RequestDetail, RequestRecord } from '../../../../src-shared/request-record.ts';
import { Button } from '../../../components/button.tsx';
import { ScriptLines } from '../../../components/script-lines.tsx';
import { bodyWithScript } from '../../../store/inspection.ts';
import { useReplay } from './use-replay.ts';
import { INSPECTOR_WORDS as words } from './words.ts';

export interface ScriptPartProps {
  readonly detail: RequestDetail;
  readonly script: string;
  readonly onShow: (record: RequestRecord) => void;
}

export function ScriptPart({ detail, script, onShow }: ScriptPartProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const { replay, isWaiting } = useReplay(onShow);
  const { error, record, request } = detail;
  if (draft === null) {
    return (
      <div className="inspector__script">
        <ScriptLines
          label={words.parts.script}
          text={script}
          marked={error?.line ?? null}
          note={error && `${error.type}: ${error.text}`}
        />
        <div className="inspector__buttons">
          <Button onPress={() => setDraft(script)}>{words.edit}</Button>
        </div>
      </div>
    );
  }
  const body = bodyWithScript(request, draft);
  return (
    <div className="inspector__script">
      <TextField
        className="inspector__draft"
        aria-label={words.editedScript}
        value={draft}
        onChange={setDraft}
        autoFocus
      >
        <TextArea className="input code" spellCheck={false} />
      </TextField>
      <div className="inspector__buttons">
        <Button
          look="main"
          isDisabled={body === null || isWaiting}
          onPress={() => {
            if (body !== null) replay(record.id, body);
          }}
        >
          {words.send}
        </Button>
        <Button look="quiet" onPress={() => setDraft(null)}>
          {words.keepScript}
        </Button>
      </div>
    </div>
  );
}
