// Head of the editor: where the code came from, and the buttons that format, discard and deploy it.

import { useState } from 'react';
import { MOST_EXAMPLE_CHARACTERS } from '../../../../src-shared/function-examples.ts';
import { CallError } from '../../../../src-shared/ipc.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { SmallChoice } from '../../../components/small-field.tsx';
import { SAMPLE_NAMES } from '../samples/samples.ts';
import { draftOf, isPossibleName, isUnsaved, newFunctionOf } from '../../../store/draft.ts';
import type { Draft } from '../../../store/draft.ts';
import { goTo } from '../../../store/route.ts';
import { draftOfSample } from './new-function.tsx';
import { useBeginDraft } from '../../../store/use-authoring.ts';
import { usePage, useProgram } from '../../../store/use-page.ts';
import type { Checked } from '../../../workbench/use-source-check.ts';
import { EDITOR_WORDS as words } from './words.ts';
import { BackLink, useHeadingFocus } from '../function-head.tsx';

export interface EditorHeadProps {
  readonly draft: Draft;
  /** The data (JSON) of its latest test, which is kept with the function; null: it was not tested. */
  readonly tried: string | null;
  readonly checked: Checked;
  readonly onFormat: () => void;
  /** Called with the reason when a deployment fails, and with null at the next try. */
  readonly onFailure: (why: string | null) => void;
}

export function EditorHead({ draft, tried, checked, onFormat, onFailure }: EditorHeadProps) {
  const { calls, store, authoring } = useProgram();
  const taken = usePage((page) => page.functions.find((one) => one.name === draft.name.trim()) ?? null);
  const [isDeploying, setDeploying] = useState(false);
  const heading = useHeadingFocus();
  const [isAsking, setAsking] = useState(false);
  const hasErrors = !checked.isBehind && checked.problems.some(({ severity }) => severity === 'error');
  const isReady = draft.functionName !== '' && isPossibleName(draft.name) && !hasErrors && !isDeploying;
  const next = (taken?.version ?? 0) + 1;

  const deploy = async (): Promise<void> => {
    onFailure(null);
    setDeploying(true);
    try {
      const { name, version } = await calls.deployFunction(newFunctionOf(draft, taken !== null));
      await keepTried(name);
      authoring.change({ draft: null, deployed: { name, version, others: othersOf(draft, checked) } });
      store.announce(words.deployed(name, version));
      goTo('functions', name);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      setDeploying(false);
      onFailure(error.message);
    }
  };
  /** What was tried stays with the function. That it cannot be kept does not undo the deployment. */
  const keepTried = async (name: string): Promise<void> => {
    if (tried !== null && tried.length <= MOST_EXAMPLE_CHARACTERS) await store.attempt(calls.keepTried(name, tried));
  };
  const press = (): void => {
    if (taken !== null && taken.name !== draft.edits) setAsking(true);
    else void deploy();
  };
  const close = (): void => {
    if (isUnsaved(draft)) return authoring.change({ leaving: true });
    authoring.change({ draft: null });
    goTo('functions', draft.edits ?? undefined);
  };
  return (
    <header className="editor__head">
      <BackLink />
      <h2 ref={heading} tabIndex={-1}>
        {draft.edits === null ? words.new : words.edit(draft.edits)}
      </h2>
      <div className="editor__actions">
        <Button onPress={onFormat} aria-description={words.formatHelp}>
          {words.format}
        </Button>
        <Button look="quiet" onPress={close}>
          {isUnsaved(draft) ? words.discard : words.close}
        </Button>
        <Button look="main" isDisabled={!isReady} onPress={press}>
          {isDeploying ? words.deploying : taken === null ? words.deploy : words.deployVersion(next)}
        </Button>
      </div>
      <Origin draft={draft} />
      <ConfirmDialog
        look="main"
        isOpen={isAsking}
        title={words.taken(draft.name.trim())}
        text={words.takenText(next)}
        confirmLabel={words.takenNow(next)}
        cancelLabel={words.notNow}
        onConfirm={() => void deploy()}
        onClose={() => setAsking(false)}
      />
    </header>
  );
}

/** A draft of the same file, to deploy another of its functions. */
function othersOf({ origin, file, source, functionName }: Draft, { functions }: Checked): Draft | null {
  const others = functions?.filter(({ name }) => name !== functionName) ?? [];
  return origin === 'file' && others.length > 0
    ? draftOf('file', { file, source, functionName: others.at(-1)?.name ?? '' })
    : null;
}

/** Where the code came from. For a new function: the samples to start from. */
function Origin({ draft }: { readonly draft: Draft }) {
  const begin = useBeginDraft();
  switch (draft.origin) {
    case 'deployed':
      return null;
    case 'promoted':
      return <p className="editor__origin soft">{words.promoted}</p>;
    case 'file':
      return <p className="editor__origin soft">{words.fromFile(draft.file ?? '')}</p>;
    case 'new':
      return (
        <div className="editor__samples">
          <SmallChoice
            label={words.from}
            value={draft.sample ?? 'blank'}
            choices={SAMPLE_NAMES.map((value) => ({ value, label: words.samples[value] }))}
            onChange={(value) => {
              const name = SAMPLE_NAMES.find((one) => one === value);
              if (name) void draftOfSample(name).then(begin);
            }}
          />
        </div>
      );
  }
}
