// Colours of Python for views: loaded when code is shown, which is plain text until then. Must not know how it is
// shown.

import { useEffect, useState } from 'react';
import type { Piece } from './python-lines.ts';

export function usePythonPieces(text: string): readonly (readonly Piece[])[] | null {
  const [known, setKnown] = useState<{ text: string; lines: readonly (readonly Piece[])[] } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void import('./python-lines.ts').then(({ linesOf }) => {
      if (isCurrent) setKnown({ text, lines: linesOf(text) });
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return known?.text === text ? known.lines : null;
}
