// Saved examples of a function: run them all, see what differs, use their data, remove them.

import { useRef, useState } from 'react';
import type { TestRun } from '../../../../src-shared/function-detail.ts';
import type { FunctionExample } from '../../../../src-shared/function-examples.ts';
import { Badge } from '../../../components/badge.tsx';
import { Button, IconButton } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { useProgram } from '../../../store/use-page.ts';
import type { Trial } from '../../../workbench/use-trial.ts';
import { FUNCTION_WORDS } from '../words.ts';
import { SaveExample } from './save-example.tsx';
import { useExamples } from './use-examples.ts';
import type { ShownOutcome } from './use-examples.ts';
import { EXAMPLE_WORDS as words } from './words.ts';
import '../../../components/plain-table.css';
import './examples.css';

export interface ExamplesProps {
  /** The deployed function that they belong to; null: it is not deployed yet. */
  readonly name: string | null;
  readonly examples: readonly FunctionExample[];
  /** The latest test, which can be saved. */
  readonly trial: Trial;
  readonly run: (data: string, trial: string) => Promise<TestRun>;
  /** What is run, such as the code: outcomes of another are forgotten. */
  readonly of: string | number;
  /** There is no function to run. */
  readonly isDisabled?: boolean;
  readonly onUse: (example: FunctionExample) => void;
  /** The examples were changed. */
  readonly onChange: () => void;
}

export function Examples({ name, examples, trial, run, of, isDisabled = false, onUse, onChange }: ExamplesProps) {
  const { outcomes, isRunning, runAll, stop } = useExamples(run, of);
  const [isSaving, setSaving] = useState(false);
  const saveButton = useRef<HTMLSpanElement>(null);
  const closeForm = (): void => {
    setSaving(false);
    saveButton.current?.querySelector('button')?.focus();
  };
  const [removing, setRemoving] = useState<string | null>(null);
  const { calls, store } = useProgram();
  const remove = async (example: string): Promise<void> => {
    if (name === null || !(await store.attempt(calls.removeExample(name, example).then(onChange)))) return;
    store.announce(words.removed(example));
  };
  const done = examples.map((one) => outcomes.get(one.name)?.kind);
  const counted = (kind: string): number => done.filter((one) => one === kind).length;
  return (
    <section className="examples" aria-label={words.title}>
      <header className="examples__head">
        <h3>{words.title}</h3>
        {examples.length > 0 && (
          <>
            <Button icon="play" isDisabled={isDisabled} onPress={() => !isRunning && runAll(examples)}>
              {words.runAll}
            </Button>
            <IconButton icon="stop" label={words.stop} isDisabled={!isRunning} onPress={stop} />
          </>
        )}
        {name !== null && (
          <span ref={saveButton}>
            <Button
              isDisabled={trial.kind !== 'done'}
              aria-description={trial.kind === 'done' ? '' : words.runFirst}
              onPress={() => setSaving(true)}
            >
              {words.save}
            </Button>
          </span>
        )}
        <span className="soft figure" role="status">
          {counted('passed') + counted('failed') > 0 &&
            !isRunning &&
            words.summary(counted('passed'), counted('failed'))}
          {isRunning && words.running}
        </span>
      </header>
      {isSaving && name !== null && trial.kind === 'done' && (
        <SaveExample name={name} examples={examples} done={trial} onSaved={onChange} onClose={closeForm} />
      )}
      {examples.length === 0 ? (
        <p className="small faint">{name === null ? words.unsaved : words.none}</p>
      ) : (
        <>
          <ExampleTable examples={examples} outcomes={outcomes} onUse={onUse} onRemove={setRemoving} />
          <p className="small faint">{words.tolerance}</p>
        </>
      )}
      <ConfirmDialog
        isOpen={removing !== null}
        title={words.removeTitle(removing ?? '')}
        text={words.removeText}
        confirmLabel={FUNCTION_WORDS.removeNow}
        cancelLabel={FUNCTION_WORDS.keep}
        onConfirm={() => {
          if (removing !== null) void remove(removing);
        }}
        onClose={() => setRemoving(null)}
      />
    </section>
  );
}

interface ExampleTableProps {
  readonly examples: readonly FunctionExample[];
  readonly outcomes: ReadonlyMap<string, ShownOutcome>;
  readonly onUse: (example: FunctionExample) => void;
  readonly onRemove: (name: string) => void;
}

function ExampleTable({ examples, outcomes, onUse, onRemove }: ExampleTableProps) {
  return (
    <div className="examples__table" role="region" aria-label={words.table} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            {words.columns.map((column) => (
              <th key={column} scope="col">
                {column === '' ? <span className="unseen">{words.actions}</span> : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {examples.map((example) => (
            <tr key={example.name}>
              <th scope="row">{example.name}</th>
              <td className="examples__expected">
                {example.expected === null ? (
                  <span className="soft">{words.onlyRuns}</span>
                ) : (
                  <code title={example.expected.slice(0, 1_000)}>{example.expected.slice(0, 200)}</code>
                )}
              </td>
              <td>
                <Outcome outcome={outcomes.get(example.name)} />
              </td>
              <td>
                <span className="examples__actions">
                  <Button look="quiet" aria-label={words.use(example.name)} onPress={() => onUse(example)}>
                    {words.useShort}
                  </Button>
                  <IconButton icon="remove" label={words.remove(example.name)} onPress={() => onRemove(example.name)} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Outcome({ outcome }: { readonly outcome: ShownOutcome | undefined }) {
  if (outcome === undefined) return <span className="faint">{words.notRun}</span>;
  if (outcome.kind === 'running') return <span className="soft">{words.running}</span>;
  if (outcome.kind === 'passed') return <Badge tone="good">{words.passed}</Badge>;
  return (
    <>
      <Badge tone="bad">{words.failed}</Badge>
      {outcome.lines.map((line) => (
        <p key={line} className="examples__difference small">
          {line}
        </p>
      ))}
    </>
  );
}
