// Editor of one function: its code, its name, a test and the deployment. The draft stays when the user leaves this
// screen.

import { useRef, useState } from 'react';
import type { Parameter } from '../../../../src-shared/function-detail.ts';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { changed, parametersIn, withFunctions } from '../../../store/draft.ts';
import type { Draft } from '../../../store/draft.ts';
import { useAuthoring } from '../../../store/use-authoring.ts';
import { useLastData } from '../trial/use-last-data.ts';
import { useProgram } from '../../../store/use-page.ts';
import { SourceEditor } from '../../../workbench/source-editor.tsx';
import { useFailedLine } from '../../../workbench/use-failed-line.ts';
import { useSourceCheck } from '../../../workbench/use-source-check.ts';
import { useTrial } from '../../../workbench/use-trial.ts';
import { WORDS } from '../../../text/words.ts';
import { EDITOR_WORDS as words } from './words.ts';
import { TRIAL_WORDS } from '../../../workbench/words.ts';
import { NewButton } from './new-function.tsx';
import { TestPanel } from '../trial/test-panel.tsx';
import type { DataSource } from '../trial/test-panel.tsx';
import { EditorHead } from './editor-head.tsx';
import { EditorFields } from './editor-fields.tsx';
import './editor-screen.css';

const testWords = TRIAL_WORDS;

export function EditorScreen() {
  const draft = useAuthoring((authoring) => authoring.draft);
  if (draft !== null) return <Editor draft={draft} />;
  return (
    <EmptyState icon="edit" title={words.missing}>
      <NewButton />
    </EmptyState>
  );
}

function Editor({ draft }: { readonly draft: Draft }) {
  const { calls, store, authoring } = useProgram();
  const [shown, setShown] = useState<{ readonly line: number } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const latest = useRef(draft);
  latest.current = draft;
  const change = (changes: Parameters<typeof changed>[1]): void => {
    const now = authoring.read().draft;
    if (now !== null) authoring.change({ draft: changed(now, changes) });
  };
  const checked = useSourceCheck(draft.source, (functions) => {
    const now = authoring.read().draft;
    if (now !== null) authoring.change({ draft: withFunctions(now, functions) });
  });
  const { trial, start } = useTrial((data) =>
    calls.tryFunction(latest.current.source, latest.current.functionName, data),
  );
  const failed = useFailedLine(trial.kind === 'done' ? trial.run : null, draft.source);

  const format = async (): Promise<void> => {
    let source = draft.source;
    const isDone = await store.attempt(calls.formatSource(draft.source).then((text) => (source = text)));
    // A text that was written meanwhile is kept.
    if (!isDone || authoring.read().draft?.source !== draft.source) return;
    change({ source });
    store.announce(words.formatted);
  };

  const { captured, edits } = draft;
  const lastData = useLastData(edits ?? '');
  const sources: readonly DataSource[] = [
    ...(captured === null
      ? []
      : [
          {
            label: draft.origin === 'promoted' ? testWords.captured : testWords.sample,
            onUse: () => change({ data: captured }),
          },
        ]),
    ...(edits === null
      ? []
      : [{ label: testWords.last, onUse: () => void lastData().then((data) => data && change({ data })) }]),
  ];
  return (
    <article className="editor" aria-label={draft.edits === null ? words.new : words.edit(draft.edits)}>
      <EditorHead draft={draft} checked={checked} onFormat={() => void format()} onFailure={setFailure} />
      {failure !== null && (
        <div role="alert">
          <Banner
            tone="error"
            actions={
              <Button look="quiet" onPress={() => setFailure(null)}>
                {WORDS.dismiss}
              </Button>
            }
          >
            <b>{words.refused}</b> {failure}
          </Banner>
        </div>
      )}
      <EditorFields draft={draft} functions={checked.functions ?? []} onChange={change} />
      <div className="editor__columns">
        <SourceEditor
          label={words.code}
          text={draft.source}
          onChange={(source) => change({ source })}
          checked={checked}
          failed={failed}
          onFormat={() => void format()}
          shown={shown}
        />
        <div className="editor__trial">
          <TestPanel
            parameters={
              parametersIn(checked.functions ?? [], draft.functionName) ??
              // Until the code is checked, the data tells the parameters.
              (checked.functions === null ? parametersFor(draft.data) : null)
            }
            data={draft.data}
            onData={(data) => change({ data })}
            sources={sources}
            trial={trial}
            onRun={start}
            isDisabled={draft.functionName === ''}
            where={({ line }) =>
              line === null ? null : (
                <div>
                  <Button onPress={() => setShown({ line })}>{testWords.line(line)}</Button>
                </div>
              )
            }
          />
        </div>
      </div>
    </article>
  );
}

function parametersFor({ fields }: Draft['data']): readonly Parameter[] | null {
  const names = Object.keys(fields);
  return names.length === 0 ? null : names.map((name) => ({ name, type: 'any', isRequired: true, about: '' }));
}
