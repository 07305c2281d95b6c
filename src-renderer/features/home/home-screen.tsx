// Home: the server at a glance, today's figures, and what needs the user. Must not know how figures are counted.

import { usePage } from '../../store/use-page.ts';
import { STRINGS } from '../../words.ts';
import { ConnectGuide } from '../connect/connect-guide.tsx';
import { AttentionCard } from './attention-card.tsx';
import { FunctionsCard } from './functions-card.tsx';
import { Notices } from './notices.tsx';
import { ServerCard } from './server-card.tsx';
import { TodayCard } from './today-card.tsx';
import './home-screen.css';

export function HomeScreen() {
  const isFirstRun = usePage((page) => page.functions.length === 0 && page.tally.last === null);
  return (
    <div className="home">
      <Notices />
      <ServerCard />
      {isFirstRun ? (
        <section className="home__wide" aria-label={STRINGS.screens.connect}>
          <ConnectGuide />
        </section>
      ) : (
        <>
          <TodayCard />
          <FunctionsCard />
        </>
      )}
      <AttentionCard />
    </div>
  );
}
