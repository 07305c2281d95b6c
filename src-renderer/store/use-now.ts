// Current time for views that show how long something lasts. Must not tick while nobody can see it.

import { useEffect, useState } from 'react';

/** The time in ms since 1970, updated every `periodMs` while the page is visible and `isOn`. */
export function useNow(periodMs: number, isOn = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isOn) return undefined;
    let timer: number | undefined;
    const watch = (): void => {
      window.clearInterval(timer);
      if (document.visibilityState === 'hidden') return;
      setNow(Date.now());
      timer = window.setInterval(() => setNow(Date.now()), periodMs);
    };
    watch();
    document.addEventListener('visibilitychange', watch);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', watch);
    };
  }, [periodMs, isOn]);
  return now;
}
