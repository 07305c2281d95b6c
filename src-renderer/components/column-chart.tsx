// Chart of one column of numbers in the order of its rows: bars when there are few, else a line. Must not know where the
// numbers come from.

import { chartOf } from './chart-shapes.ts';
import './column-chart.css';

export interface ColumnChartProps {
  readonly name: string;
  /** What it shows, in words for screen readers. */
  readonly label: string;
  /** Null: a gap. */
  readonly values: readonly (number | null)[];
  readonly textOf: (value: number) => string;
  readonly rowName: string;
}

const WIDTH = 600;
const HEIGHT = 160;

export function ColumnChart({ name, label, values, textOf, rowName }: ColumnChartProps) {
  const { kind, path, ground, least, most } = chartOf(values, WIDTH, HEIGHT);
  return (
    <figure className="column-chart">
      <figcaption className="small code">{name}</figcaption>
      <div className="column-chart__scale small faint figure" aria-hidden="true">
        <span>{textOf(most)}</span>
        <span>{textOf(least)}</span>
      </div>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {ground !== null && <path className="column-chart__ground" d={`M0 ${ground}H${WIDTH}`} />}
        <path className={`column-chart__${kind}`} d={path} />
      </svg>
      <div className="column-chart__rows small faint figure" aria-hidden="true">
        <span>{`${rowName} 1`}</span>
        {values.length > 1 && <span>{textOf(values.length)}</span>}
      </div>
    </figure>
  );
}
