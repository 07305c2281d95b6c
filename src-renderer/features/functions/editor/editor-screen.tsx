// Editor of one function: its code, its name, a test and the deployment. The draft stays when the user leaves this
// screen.

import { useRef, useState } from 'react';
import type { Parameter, TestRun } from '../../../../src-shared/function-detail.ts';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { changed, parametersIn, withFunctions } from '../../../store/draft.ts';
import type { Draft } from '../../../store/draft.ts';
import { useAuthoring } from '../../../store/use-authoring.ts';
import { isRunKey, useCheckedRun } from '../../../workbench/use-checked-run.ts';
import { useProgram } from '../../../store/use-page.ts';
import { SourceEditor } from '../../../workbench/source-editor.tsx';
import { useFailedLine } from '../../../workbench/use-failed-line.ts';
import { useSourceCheck } from '../../../workbench/use-source-check.ts';
import { useTrial } from '../../../workbench/use-trial.ts';
import { WORDS } from '../../../text/words.ts';
import { EDITOR_WORDS as words } from './words.ts';
import { NewButton } from './new-function.tsx';
import { EditorHead } from './editor-head.tsx';
import { EditorFields } from './editor-fields.tsx';
import { EditorTrial } from './editor-trial.tsx';
import './editor-screen.css';

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
  const run = (data: string, trial: string): Promise<TestRun> =>
    calls.tryFunction(latest.current.source, latest.current.functionName, data, trial);
  const trials = useTrial(run);
  const { trial } = trials;
  const failed = useFailedLine(trial.kind === 'done' ? trial.run : null, draft.source);

  const format = async (): Promise<void> => {
    let source = draft.source;
    const isDone = await store.attempt(calls.formatSource(draft.source).then((text) => (source = text)));
    // A text that was written meanwhile is kept.
    if (!isDone || authoring.read().draft?.source !== draft.source) return;
    change({ source });
    store.announce(words.formatted);
  };

  const { edits } = draft;
  const parameters =
    parametersIn(checked.functions ?? [], draft.functionName) ??
    // Until the code is checked, the data tells the parameters.
    (checked.functions === null ? parametersFor(draft.data) : null);
  const hasNoFunction = draft.functionName === '';
  const checkedRun = useCheckedRun({
    data: draft.data,
    parameters,
    isDisabled: hasNoFunction || trial.kind === 'running',
    onData: (data) => change({ data }),
    onRun: trials.start,
  });
  return (
    <article
      className="editor"
      aria-label={edits === null ? words.new : words.edit(edits)}
      onKeyDown={(event) => isRunKey(event) && checkedRun.run()}
    >
      <EditorHead
        draft={draft}
        tried={trial.kind === 'done' ? trial.data : null}
        checked={checked}
        onFormat={() => void format()}
        onFailure={setFailure}
      />
      {failure !== null && <Failure why={failure} onDismiss={() => setFailure(null)} />}
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
        <EditorTrial
          draft={draft}
          parameters={parameters}
          run={run}
          trials={trials}
          checkedRun={checkedRun}
          onShow={(line) => setShown({ line })}
        />
      </div>
    </article>
  );
}

function parametersFor({ fields }: Draft['data']): readonly Parameter[] | null {
  const names = Object.keys(fields);
  return names.length === 0 ? null : names.map((name) => ({ name, type: 'any', isRequired: true, about: '' }));
}

function Failure({ why, onDismiss }: { readonly why: string; readonly onDismiss: () => void }) {
  return (
    <div role="alert">
      <Banner
        tone="error"
        actions={
          <Button look="quiet" onPress={onDismiss}>
            {WORDS.dismiss}
          </Button>
        }
      >
        <b>{words.refused}</b> {why}
      </Banner>
    </div>
  );
}
