// Progress bar. Without a known fraction it only shows that work goes on.

import { ProgressBar } from 'react-aria-components';
import './progress.css';

export function Progress({ label, fraction }: { readonly label: string; readonly fraction: number | null }) {
  const percent = fraction === null ? null : Math.round(Math.min(Math.max(fraction, 0), 1) * 100);
  return (
    <ProgressBar
      className="progress"
      aria-label={label}
      isIndeterminate={percent === null}
      {...(percent === null ? {} : { value: percent })}
    >
      <div className="progress__bar" style={percent === null ? {} : { width: `${percent}%` }} />
    </ProgressBar>
  );
}
