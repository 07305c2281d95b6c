// Where the window opens: at its last position, unless that display is gone. Pure; must not know Electron.

import * as v from 'valibot';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Place extends Area {
  readonly isMaximized: boolean;
}

export const USUAL_SIZE = { width: 1040, height: 720 } as const;
export const LEAST_SIZE = { width: 760, height: 520 } as const;
// So much of the title bar must be visible, or the user could not move the window.
const GRIP = { width: 120, height: 32 } as const;

const whole = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const placeSchema = v.object({ x: whole, y: whole, width: whole, height: whole, isMaximized: v.boolean() });

/** A stored place, or null when it is not valid. */
export function placeIn(kept: unknown): Place | null {
  const parsed = v.safeParse(placeSchema, kept, { abortEarly: true });
  return parsed.success ? parsed.output : null;
}

/** @param areas the work areas of all displays, the primary one first */
export function placeFor(kept: Place | null, areas: readonly [Area, ...Area[]]): Place {
  const home = kept === null ? null : (areas.find((area) => isInSight(kept, area)) ?? null);
  if (kept === null || home === null)
    return { ...centred(USUAL_SIZE, areas[0]), isMaximized: kept?.isMaximized ?? false };
  return {
    x: kept.x,
    // A title bar above the display could not be reached.
    y: Math.max(kept.y, home.y),
    width: within(kept.width, LEAST_SIZE.width, home.width),
    height: within(kept.height, LEAST_SIZE.height, home.height),
    isMaximized: kept.isMaximized,
  };
}

function isInSight({ x, y, width }: Place, area: Area): boolean {
  const seen = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return seen >= GRIP.width && y > area.y - GRIP.height && y + GRIP.height <= area.y + area.height;
}

function centred(size: { readonly width: number; readonly height: number }, area: Area): Area {
  const width = within(size.width, LEAST_SIZE.width, area.width);
  const height = within(size.height, LEAST_SIZE.height, area.height);
  return {
    x: area.x + Math.max(0, Math.round((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.round((area.height - height) / 2)),
    width,
    height,
  };
}

function within(size: number, least: number, most: number): number {
  return Math.max(least, Math.min(size, most));
}
