// Puts a fake program on the window of a page under test, before the page's own script. Runs in the browser.

import { CallError } from '../../../src-shared/ipc.ts';
import type { CallName, PageEvent, Snapshot } from '../../../src-shared/ipc.ts';
import { createFakeBridge } from '../../../src-renderer/bridge/fake-bridge.ts';
import type { Asked, FakeBridge } from '../../../src-renderer/bridge/fake-bridge.ts';

/** What a test reaches through the page's window. */
export interface FakeWindow {
  readonly tabpyTray: FakeBridge['bridge'];
  readonly fake: {
    readonly emit: (event: PageEvent) => void;
    readonly asked: () => readonly Asked[];
    /** From now on the call answers this. */
    readonly answer: FakeBridge['answer'];
    /** From now on the call is refused with these words. */
    readonly refuse: (name: CallName, message: string) => void;
  };
}

const { snapshot } = globalThis as unknown as { readonly snapshot: Snapshot };
const { bridge, emit, asked, answer } = createFakeBridge(snapshot);
const refuse = (name: CallName, message: string): void =>
  answer(name, () => {
    throw new CallError('refused', message);
  });
Object.assign(globalThis, {
  tabpyTray: bridge,
  fake: { emit, asked: () => asked, answer, refuse },
} satisfies FakeWindow);
