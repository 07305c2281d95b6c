// Frame with a list and the details of its chosen row, beside each other or one below the other, with a border that
// moves with the mouse and with the arrow keys. Must not know what it shows.

import { useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useStored } from './use-stored.ts';
import { IconButton } from './button.tsx';
import './split-frame.css';

export type Side = 'beside' | 'below';

export interface SplitWords {
  /** Of the border between the two. */
  readonly border: string;
  readonly beside: string;
  readonly below: string;
}

export interface SplitFrameProps {
  /** The name under which size and place are remembered. */
  readonly name: string;
  readonly words: SplitWords;
  readonly list: ReactNode;
  /** Drawn with the button that moves it; null: there is no chosen row. */
  readonly detail: ((moveButton: ReactNode) => ReactNode) | null;
}

type Place = Side | 'auto';

/** From this width on there is space for both beside each other. */
const WIDE_PX = 1_080;
const LEAST_PERCENT = 20;
const MOST_PERCENT = 80;
const STEP_PERCENT = 5;
const FIRST_PERCENT: Readonly<Record<Side, number>> = { beside: 50, below: 60 };

const isPlace = (value: unknown): value is Place => value === 'auto' || value === 'beside' || value === 'below';
const isPercent = (value: unknown): value is number =>
  typeof value === 'number' && value >= LEAST_PERCENT && value <= MOST_PERCENT;

export function SplitFrame({ name, words, list, detail }: SplitFrameProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [isWide, setWide] = useState(false);
  const [place, setPlace] = useStored<Place>(`${name}.place`, 'auto', isPlace);
  const [beside, setBeside] = useStored(`${name}.beside`, FIRST_PERCENT.beside, isPercent);
  const [below, setBelow] = useStored(`${name}.below`, FIRST_PERCENT.below, isPercent);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWide(element.clientWidth >= WIDE_PX));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const isOpen = detail !== null;
  const wasOpen = useRef(isOpen);
  useLayoutEffect(() => {
    // What had the keyboard's focus is gone with the details.
    if (wasOpen.current && !isOpen && document.activeElement === document.body)
      frame.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const side: Side = place === 'auto' ? (isWide ? 'beside' : 'below') : place;
  const percent = side === 'beside' ? beside : below;
  const resize = (to: number): void => {
    const bounded = Math.min(Math.max(Math.round(to), LEAST_PERCENT), MOST_PERCENT);
    if (side === 'beside') setBeside(bounded);
    else setBelow(bounded);
  };
  const other: Side = side === 'beside' ? 'below' : 'beside';
  const moveButton = (
    <IconButton
      icon={other === 'beside' ? 'beside' : 'below'}
      label={other === 'beside' ? words.beside : words.below}
      onPress={() => setPlace(other)}
    />
  );
  return (
    <div
      ref={frame}
      className={`split-frame split-frame--${detail === null ? 'alone' : side}`}
      style={{ '--split': `${percent}%` } as React.CSSProperties}
    >
      <div className="split-frame__list">{list}</div>
      {detail !== null && (
        <>
          <Border label={words.border} side={side} percent={percent} frame={frame} onResize={resize} />
          <div className="split-frame__detail">{detail(moveButton)}</div>
        </>
      )}
    </div>
  );
}

interface BorderProps {
  readonly label: string;
  readonly side: Side;
  /** The share of the details. */
  readonly percent: number;
  readonly frame: React.RefObject<HTMLDivElement | null>;
  readonly onResize: (percent: number) => void;
}

function Border({ label, side, percent, frame, onResize }: BorderProps) {
  const move = (event: PointerEvent): void => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const part =
      side === 'beside' ? (box.right - event.clientX) / box.width : (box.bottom - event.clientY) / box.height;
    onResize(part * 100);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const [larger, smaller] = side === 'beside' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key !== larger && event.key !== smaller) return;
    event.preventDefault();
    onResize(percent + (event.key === larger ? STEP_PERCENT : -STEP_PERCENT));
  };
  return (
    <div
      className="split-frame__border"
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={side === 'beside' ? 'vertical' : 'horizontal'}
      aria-valuenow={percent}
      aria-valuemin={LEAST_PERCENT}
      aria-valuemax={MOST_PERCENT}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={move}
      onKeyDown={onKeyDown}
    />
  );
}
