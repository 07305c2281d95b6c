// What the screen About shows, asked for when it is opened and again when Python became ready, because it brings the packages.

import { useEffect, useState } from 'react';
import type { About } from '../../../src-shared/about.ts';
import { usePage, useProgram } from '../../store/use-page.ts';

/** Null until it is answered. */
export function useAbout(): About | null {
  const { calls, store } = useProgram();
  const python = usePage((page) => page.program.python);
  const [about, setAbout] = useState<About | null>(null);
  useEffect(() => {
    let isWanted = true;
    void store.look(
      calls.about().then((answer) => {
        if (isWanted) setAbout(answer);
      }),
    );
    return () => {
      isWanted = false;
    };
  }, [calls, store, python]);
  return about;
}
