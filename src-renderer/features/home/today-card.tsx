// Card of today's figures, with the last hour as bars.

import { Card } from '../../components/card.tsx';
import { Facts } from '../../components/facts.tsx';
import { Sparkline } from '../../components/sparkline.tsx';
import { count, duration, moment } from '../../text/figures.ts';
import { latestMinutes, percentile, tallyOn } from '../../store/tally.ts';
import { useNow } from '../../store/use-now.ts';
import { usePage } from '../../store/use-page.ts';
import { HOME_WORDS as words } from './words.ts';

export function TodayCard() {
  const whole = usePage((page) => page.tally);
  const ticked = useNow(60_000);
  // A request can be newer than the last tick of the clock.
  const now = Math.max(ticked, whole.last?.startedAt ?? 0);
  const tally = tallyOn(whole, now);
  const p95 = percentile(tally.elapsedMs, 0.95);
  const minutes = latestMinutes(tally, now, 60);
  const sum = (of: 'requests' | 'errors'): number => minutes.reduce((total, minute) => total + minute[of], 0);
  return (
    <Card
      title={words.today}
      note={tally.missingBefore === null ? undefined : words.missingBefore(moment(tally.missingBefore, now))}
    >
      <div className="today__figures">
        <Facts
          isWide
          facts={[
            { name: words.requests, value: <Figure text={count(tally.requests)} /> },
            { name: words.errors, value: <Figure text={count(tally.errors)} isBad={tally.errors > 0} /> },
            { name: words.p95, value: <Figure text={p95 === null ? '–' : duration(p95)} help={words.p95Help} /> },
            { name: words.last, value: <Figure text={tally.last ? moment(tally.last.startedAt, now) : '–'} /> },
          ]}
        />
      </div>
      <Sparkline
        label={words.sparkline(sum('requests'), sum('errors'))}
        bars={minutes.map(({ minute, requests, errors }) => ({ key: minute, whole: requests, marked: errors }))}
        from={words.sparklineFrom}
        to={words.sparklineTo}
      />
    </Card>
  );
}

function Figure({ text, isBad = false, help }: { text: string; isBad?: boolean; help?: string }) {
  return (
    <span className={`today__figure figure ${isBad ? 'today__figure--bad' : ''}`} title={help}>
      {text}
    </span>
  );
}
