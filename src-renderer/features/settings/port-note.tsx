// Note below the port: whether it is free while it is typed, and which program uses it.

import { useEffect, useState } from 'react';
import { CallError } from '../../../src-shared/ipc.ts';
import type { PortCheck } from '../../../src-shared/ipc.ts';
import { assertNever } from '../../../src-shared/assert-never.ts';
import { useProgram } from '../../store/use-page.ts';
import { SETTINGS_WORDS } from './words.ts';

const words = SETTINGS_WORDS.port;
/** Waits for the end of typing: 9005 begins with 90, and port 90 need not be checked. */
const TYPING_MS = 250;

export function PortNote({ port }: { readonly port: number }) {
  const check = usePortCheck(port);
  return (
    <p className="port-note small" role="status" data-kind={check?.kind}>
      {check !== null && <span aria-hidden="true">{check.kind === 'free' || check.kind === 'ours' ? '✓' : '▲'}</span>}
      {check === null ? words.checking : wordsOf(port, check)}
    </p>
  );
}

function usePortCheck(port: number): PortCheck | null {
  const { calls } = useProgram();
  const [known, setKnown] = useState<{ readonly port: number; readonly check: PortCheck } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const ask = (): void => {
      calls
        .checkPort(port)
        .then((check) => isWanted && setKnown({ port, check }))
        .catch((error: unknown) => {
          // Without an answer there is no note.
          if (!(error instanceof CallError)) throw error;
        });
    };
    const timer = window.setTimeout(ask, TYPING_MS);
    return () => {
      isWanted = false;
      window.clearTimeout(timer);
    };
  }, [calls, port]);
  return known?.port === port ? known.check : null;
}

function wordsOf(port: number, check: PortCheck): string {
  if (port === 0) return words.any;
  switch (check.kind) {
    case 'free':
      return words.free(port);
    case 'ours':
      return words.ours;
    case 'reserved':
      return words.reserved(port);
    case 'taken': {
      const holder = check.holder && words.holder(check.holder.name, check.holder.pid);
      return words.taken(port, holder, check.answersLike);
    }
    default:
      return assertNever(check);
  }
}
