// Shows the progress of a long job: a bar on a terminal, an occasional line elsewhere.

import type { Step } from '../../src-shared/service-state.ts';

export interface Progress {
  /** A job, or another try at it, begins, with so many files. */
  begin(files: number): void;
  note(text: string): void;
  /** A download begins that contains so many of the files. */
  file(name: string, brings?: number): void;
  /** The size of the present download, once it is known. */
  expect(bytes: number): void;
  bytes(count: number): void;
  /** One of the files is complete and checked. */
  done(): void;
  end(): void;
}

/** Sends progress to two receivers. */
export function bothProgress(one: Progress, other: Progress): Progress {
  return {
    begin: (files) => [one, other].forEach((each) => each.begin(files)),
    note: (text) => [one, other].forEach((each) => each.note(text)),
    file: (name, brings) => [one, other].forEach((each) => each.file(name, brings)),
    expect: (bytes) => [one, other].forEach((each) => each.expect(bytes)),
    bytes: (count) => [one, other].forEach((each) => each.bytes(count)),
    done: () => [one, other].forEach((each) => each.done()),
    end: () => [one, other].forEach((each) => each.end()),
  };
}

/** Progress as steps for the window: the package, and the fraction of the whole, a few times a second. */
export function progressAsSteps(tell: (step: Step) => void, now: () => number = Date.now): Progress {
  let files = 0;
  let ready = 0;
  let toldAt = 0;
  let current = { name: '', brings: 1, bytes: 0, expected: 0 };
  const show = (isForced: boolean): void => {
    if (files === 0 || (!isForced && now() - toldAt < STEP_MS)) return;
    toldAt = now();
    const part = current.expected > 0 ? Math.min(1, current.bytes / current.expected) * current.brings : 0;
    tell({ text: `Fetching Python packages: ${current.name}…`, fraction: Math.min(1, (ready + part) / files) });
  };
  return {
    begin(count) {
      files = count;
      ready = 0;
    },
    note: () => undefined,
    file(name, brings = 1) {
      current = { name, brings, bytes: 0, expected: 0 };
      show(true);
    },
    expect(bytes) {
      current.expected = bytes;
    },
    bytes(count) {
      current.bytes += count;
      show(false);
    },
    done() {
      ready += 1;
      current = { ...current, brings: 1, bytes: 0, expected: 0 };
      show(true);
    },
    end() {
      files = 0;
    },
  };
}

export interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export const silentProgress: Progress = {
  begin: () => undefined,
  note: () => undefined,
  file: () => undefined,
  expect: () => undefined,
  bytes: () => undefined,
  done: () => undefined,
  end: () => undefined,
};

const BAR_WIDTH = 24;
const REDRAW_MS = 100;
const LINE_MS = 10_000;
const STEP_MS = 200;

export function createProgress(screen: Screen, now: () => number = Date.now): Progress {
  const isBar = screen.isTTY === true;
  let files = 0;
  let ready = 0;
  let total = 0;
  let bytes = 0;
  let shown = 0;
  let drawnAt = now();
  let current = { name: '', brings: 1, bytes: 0, expected: 0 };

  const percent = (): number => {
    const part = current.expected > 0 ? Math.min(1, current.bytes / current.expected) * current.brings : 0;
    // The files of a download are counted again one by one: the bar must not go back for that.
    shown = Math.max(shown, files > 0 ? Math.min(1, (ready + part) / files) : 0);
    return shown;
  };
  const state = (): string => {
    const size = bytes > 0 ? `, ${(bytes / 1e6).toFixed(1)} MB` : '';
    return `${Math.round(percent() * 100)} % (${ready} of ${files} packages${size}) ${current.name}`.trimEnd();
  };
  const draw = (isForced: boolean): void => {
    if (files === 0) return;
    const at = now();
    if (isBar) {
      if (!isForced && at - drawnAt < REDRAW_MS) return;
      const full = Math.round(percent() * BAR_WIDTH);
      const line = `[${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}] ${state()}`;
      screen.write(`\r\u001B[K${line.slice(0, (screen.columns || 80) - 1)}`);
    } else {
      if (at - drawnAt < LINE_MS) return;
      screen.write(`${state()}\n`);
    }
    drawnAt = at;
  };
  const clear = (): void => {
    if (isBar) screen.write('\r\u001B[K');
  };

  return {
    begin(count) {
      files = count;
      [ready, bytes, shown] = [0, 0, 0];
      current = { name: '', brings: 1, bytes: 0, expected: 0 };
    },
    note(text) {
      clear();
      screen.write(`${text}\n`);
      draw(true);
    },
    file(name, brings = 1) {
      current = { name, brings, bytes: 0, expected: 0 };
      draw(true);
    },
    expect(total) {
      current.expected = total;
    },
    bytes(count) {
      bytes += count;
      current.bytes += count;
      draw(false);
    },
    done() {
      ready += 1;
      total += 1;
      current = { ...current, brings: 1, bytes: 0, expected: 0 };
      draw(true);
    },
    end() {
      clear();
      if (total > 0) screen.write(`${total} Python packages fetched and checked\n`);
      files = 0;
    },
  };
}
