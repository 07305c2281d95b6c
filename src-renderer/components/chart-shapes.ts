// Shapes of a chart of numbers: bars or a line as a path, and the numbers at both ends of the scale. Pure.

export interface ChartShapes {
  readonly kind: 'bars' | 'line';
  /** For the attribute `d` of a path. */
  readonly path: string;
  /** Where 0 is; null when 0 is not on the scale. */
  readonly ground: number | null;
  readonly least: number;
  readonly most: number;
}

const MOST_BARS = 60;
/** The thickness of a bar of 0, and of a line when all values are equal. */
const THIN = 1;

/** @param values null is a gap; at least one is a number */
export function chartOf(values: readonly (number | null)[], width: number, height: number): ChartShapes {
  const isBars = values.length <= MOST_BARS;
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (isBars) [least, most] = [Math.min(0, least), Math.max(0, most)];
  // Divided first: the span of two huge numbers is no number.
  const span = most / 2 - least / 2 || 1;
  const y = (value: number): number => rounded(height - ((value / 2 - least / 2) / span) * height);
  const ground = least <= 0 && most >= 0 ? y(0) : null;
  const path = isBars ? barsOf(values, width, y) : lineOf(values, width, y);
  return { kind: isBars ? 'bars' : 'line', path, ground, least, most };
}

function barsOf(values: readonly (number | null)[], width: number, y: (value: number) => number): string {
  const step = width / values.length;
  const bar = rounded(step * 0.7);
  const ground = y(0);
  return values
    .map((value, row) => {
      if (value === null) return '';
      const tall = Math.abs(y(value) - ground) < THIN ? -THIN : y(value) - ground;
      return `M${rounded(row * step + step * 0.15)} ${ground}v${rounded(tall)}h${bar}V${ground}z`;
    })
    .join('');
}

/** At most two points for each unit of width: the least and the most of the rows that fall there. */
function lineOf(values: readonly (number | null)[], width: number, y: (value: number) => number): string {
  const rows = Math.max(1, Math.ceil(values.length / width));
  const parts: string[] = [];
  let isAfterGap = true;
  for (let start = 0; start < values.length; start += rows) {
    const there = values.slice(start, start + rows).filter((value) => value !== null);
    if (there.length === 0) {
      isAfterGap = true;
      continue;
    }
    const x = rounded((start / Math.max(1, values.length - 1)) * width);
    const [low, high] = [y(Math.min(...there)), y(Math.max(...there))];
    // A point alone is drawn by the round end of a line without length.
    parts.push(`${isAfterGap ? 'M' : 'L'}${x} ${low}${low === high ? 'h0' : `V${high}`}`);
    isAfterGap = false;
  }
  return parts.join('');
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
