// Run on the data that is written in fields: what is wrong in them is marked after the first try, and Ctrl+Enter runs.
// Must not know what is run.

import { useState } from 'react';
import { readData } from '../store/test-data.ts';
import type { AskedParameter, DataFault, TestData } from '../store/test-data.ts';

export interface CheckedRun {
  /** Of each parameter; '' stands for the single field. */
  readonly faults: Readonly<Record<string, DataFault>>;
  readonly run: () => void;
  readonly change: (data: TestData) => void;
}

export interface CheckedRunDeps {
  readonly data: TestData;
  readonly parameters: readonly AskedParameter[] | null;
  /** Nothing can be run now. */
  readonly isDisabled: boolean;
  readonly onData: (data: TestData) => void;
  /** Called with JSON. */
  readonly onRun: (data: string) => void;
}

export function useCheckedRun({ data, parameters, isDisabled, onData, onRun }: CheckedRunDeps): CheckedRun {
  const [faults, setFaults] = useState<CheckedRun['faults']>({});
  return {
    faults,
    change(next) {
      setFaults({});
      onData(next);
    },
    run() {
      if (isDisabled) return;
      const read = readData(data, parameters);
      setFaults(read.kind === 'faults' ? read.faults : {});
      if (read.kind === 'data') onRun(read.text);
    },
  };
}

/** Whether keys mean Run: Ctrl+Enter, on a Mac Cmd+Enter too. */
export function isRunKey({ key, ctrlKey, metaKey, repeat }: KeyboardEvent | React.KeyboardEvent): boolean {
  return key === 'Enter' && (ctrlKey || metaKey) && !repeat;
}
