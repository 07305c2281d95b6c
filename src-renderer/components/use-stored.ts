// Small choices of the user that the page remembers on this computer, such as the size of a pane. Must not hold data.

import { useState } from 'react';

/** A choice with its setter. `isValid` decides about what an earlier version stored. */
export function useStored<Value extends string | number>(
  name: string,
  first: Value,
  isValid: (value: unknown) => value is Value,
): readonly [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => read(name, first, isValid));
  return [
    value,
    (next) => {
      setValue(next);
      write(name, next);
    },
  ];
}

const PREFIX = 'tabpy-tray.';

function read<Value>(name: string, first: Value, isValid: (value: unknown) => value is Value): Value {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(PREFIX + name) ?? 'null');
    return isValid(value) ? value : first;
  } catch {
    return first;
  }
}

function write(name: string, value: unknown): void {
  try {
    window.localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A browser may refuse to store anything; the choice then lasts as long as the page.
  }
}
