// Form that saves the latest run as an example of the function.

import { useEffect, useRef, useState } from 'react';
import type { TestRun } from '../../../../src-shared/function-detail.ts';
import { MOST_EXAMPLE_CHARACTERS, MOST_EXAMPLE_NAME_CHARACTERS } from '../../../../src-shared/function-examples.ts';
import type { FunctionExample } from '../../../../src-shared/function-examples.ts';
import { Button } from '../../../components/button.tsx';
import { SmallChoice, SmallField } from '../../../components/small-field.tsx';
import { useProgram } from '../../../store/use-page.ts';
import type { Trial } from '../../../workbench/use-trial.ts';
import { EXAMPLE_WORDS as words } from './words.ts';

export interface SaveExampleProps {
  /** The deployed function. */
  readonly name: string;
  readonly examples: readonly FunctionExample[];
  /** The run to save. */
  readonly done: Extract<Trial, { readonly kind: 'done' }>;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

export function SaveExample({ name, examples, done, onSaved, onClose }: SaveExampleProps) {
  const { calls, store } = useProgram();
  const form = useRef<HTMLFormElement>(null);
  // It opens below what was pressed, perhaps below the fold.
  useEffect(() => {
    const field = form.current?.querySelector('input');
    field?.focus();
    field?.select();
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const [title, setTitle] = useState(() => freeName(examples));
  const [expects, setExpects] = useState<'result' | 'runs'>(done.run.kind === 'answered' ? 'result' : 'runs');
  const example = exampleOf(title.trim(), done.data, done.run, expects === 'result');
  const isTooLong = Math.max(example.data.length, example.expected?.length ?? 0) > MOST_EXAMPLE_CHARACTERS;
  const isTaken = examples.some((one) => one.name === example.name);
  const isPossible = isPossibleName(example.name) && !isTooLong;
  const save = async (): Promise<void> => {
    if (!isPossible || !(await store.attempt(calls.saveExample(name, example)))) return;
    store.announce(words.saved(example.name));
    onSaved();
    onClose();
  };
  return (
    <form
      ref={form}
      className="save-example"
      aria-label={words.save}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SmallField label={words.name} value={title} onChange={setTitle} fault={isTooLong ? words.tooLong : null} />
      {done.run.kind === 'answered' && (
        <SmallChoice
          label={words.expects}
          value={expects}
          choices={[
            { value: 'result', label: words.thisResult },
            { value: 'runs', label: words.onlyRuns },
          ]}
          onChange={(value) => setExpects(value === 'runs' ? 'runs' : 'result')}
        />
      )}
      <div className="save-example__buttons">
        <Button look="main" type="submit" isDisabled={!isPossible}>
          {isTaken ? words.replaceNow : words.saveNow}
        </Button>
        <Button onPress={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}

function exampleOf(name: string, data: string, run: TestRun, isResult: boolean): FunctionExample {
  return { name, data, expected: isResult && run.kind === 'answered' ? run.result : null };
}

/** As the program checks it: `FUNCTION_EXAMPLE`. */
function isPossibleName(name: string): boolean {
  return name !== '' && name.length <= MOST_EXAMPLE_NAME_CHARACTERS && !/\p{C}/u.test(name);
}

function freeName(examples: readonly FunctionExample[]): string {
  let number = examples.length + 1;
  while (examples.some(({ name }) => name === `Example ${number}`)) number += 1;
  return `Example ${number}`;
}
