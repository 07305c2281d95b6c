// Small bars of counts over time, with a marked part in each. Must not know what is counted.

import './sparkline.css';

export interface Bar {
  readonly key: number;
  readonly whole: number;
  readonly marked: number;
}

export interface SparklineProps {
  /** What the bars show, in words for screen readers. */
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly from: string;
  readonly to: string;
}

const WIDTH = 6;
const GAP = 2;
const HEIGHT = 48;

export function Sparkline({ label, bars, from, to }: SparklineProps) {
  const most = Math.max(1, ...bars.map((bar) => bar.whole));
  const heightOf = (count: number): number => (count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT));
  return (
    <figure className="sparkline">
      <svg
        viewBox={`0 0 ${bars.length * (WIDTH + GAP) - GAP} ${HEIGHT + 1}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <path className="sparkline__ground" d={`M0 ${HEIGHT + 0.5}h${bars.length * (WIDTH + GAP)}`} />
        {bars.map((bar, index) => (
          <g key={bar.key} transform={`translate(${index * (WIDTH + GAP)} 0)`}>
            <rect width={WIDTH} y={HEIGHT - heightOf(bar.whole)} height={heightOf(bar.whole)} rx="1" />
            <rect
              className="sparkline__marked"
              width={WIDTH}
              y={HEIGHT - heightOf(bar.marked)}
              height={heightOf(bar.marked)}
              rx="1"
            />
          </g>
        ))}
      </svg>
      <figcaption className="small faint">
        <span>{from}</span>
        <span>{to}</span>
      </figcaption>
    </figure>
  );
}
