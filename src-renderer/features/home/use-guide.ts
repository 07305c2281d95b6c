// Whether Home shows the guide: until the user closes it, or leaves Home after a calculation worked.

import { useEffect, useRef } from 'react';
import { usePage, useProgram } from '../../store/use-page.ts';

export function useGuide(): boolean {
  const { calls, store } = useProgram();
  const isShown = usePage((page) => page.settings.showGuide);
  const hasWorked = usePage((page) => page.tableau.calculated !== null);
  const isDone = useRef(false);
  useEffect(() => {
    isDone.current = isShown && hasWorked;
  }, [isShown, hasWorked]);
  useEffect(
    () => () => {
      if (isDone.current) void store.look(calls.changeSettings({ showGuide: false }));
    },
    [calls, store],
  );
  return isShown;
}
