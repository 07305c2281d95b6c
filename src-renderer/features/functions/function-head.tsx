// Head of one function's screen and of the editor: the link back, the status, and the focus of the keyboard.

import { useEffect, useRef } from 'react';
import type { LoadStatus } from '../../../src-shared/function.ts';
import { Badge } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { hashOf } from '../../store/route.ts';
import { FUNCTION_WORDS as words } from './words.ts';
import './function-head.css';

const TONES = { LoadSuccessful: 'good', LoadFailed: 'bad', LoadInProgress: 'active' } as const;

/** The way back to the list of functions. */
export function BackLink() {
  return (
    <a className="back-link" href={hashOf('functions')} aria-label={words.back} title={words.back}>
      <Icon name="back" />
    </a>
  );
}

/** The status of a function in a word. */
export function StatusBadge({ status }: { readonly status: LoadStatus }) {
  return <Badge tone={TONES[status]}>{words.status[status]}</Badge>;
}

/**
 * For a heading with `tabIndex={-1}`: it gets the focus when the focused element of the view before is gone, so that a
 * screen reader goes on there.
 */
export function useHeadingFocus(): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  return heading;
}
