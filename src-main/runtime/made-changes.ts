// Joins what a script deployed with its pickles, and notes it with the interpreter that did it. Pure.

import { createHash } from 'node:crypto';
import type { Known } from './lease.ts';
import type { Change } from './messages.ts';

export interface MadeChange {
  readonly change: Change;
  readonly pickle: Buffer;
}

/** Notes what an interpreter deployed, so that it is not sent back to it. */
export function noteOwn({ own }: Known, made: readonly MadeChange[]): void {
  for (const { change, pickle } of made)
    if (change.kind === 'deploy') own.set(change.name, createHash('sha256').update(pickle).digest('hex'));
    else if (change.kind === 'remove') own.delete(change.name);
}

/** @param bytes the pickles one after another, in the order of the changes */
export function withPickles(changes: readonly Change[], bytes: Buffer): readonly MadeChange[] {
  let offset = 0;
  return changes.map((change) => {
    const length = change.kind === 'deploy' ? change.pickleBytes : 0;
    const pickle = bytes.subarray(offset, offset + length);
    offset += length;
    return { change, pickle };
  });
}
