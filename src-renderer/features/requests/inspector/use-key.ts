// Shortcut of a single letter, ignored while the user types. Must not know what it does.

import { useEffect, useRef } from 'react';

/** `key` in lower case. Ignored in fields and together with Ctrl, Alt or Meta. */
export function useKey(key: string, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== key || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      // Not `target`, which for an editor in a shadow root is a plain element.
      const [at] = event.composedPath();
      if (at instanceof Element && at.closest('input, textarea, select, [contenteditable="true"]')) return;
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [key]);
}
