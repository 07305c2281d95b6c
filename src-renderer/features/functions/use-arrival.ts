// Where a view took the place of another one and the keyboard's place went with that, reading goes on at its heading.

import { useEffect, useRef } from 'react';

/** For a heading with `tabIndex={-1}`. */
export function useArrival(): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  return heading;
}
