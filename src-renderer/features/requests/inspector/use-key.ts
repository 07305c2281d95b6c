// A single letter as a shortcut, where nobody is writing. Must not know what it does.

import { useEffect, useRef } from 'react';

/** `key` in lower case. Fields keep their letters, and so do chords with Ctrl, Alt or the like. */
export function useKey(key: string, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== key || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      // Not `target`: an editor in a shadow root would stand there as a plain element.
      const [at] = event.composedPath();
      if (at instanceof Element && at.closest('input, textarea, select, [contenteditable="true"]')) return;
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [key]);
}
