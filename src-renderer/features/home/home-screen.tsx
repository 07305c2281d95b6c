// Home screen: the server, today's figures, functions, and what needs attention.

import type { ReactNode } from 'react';
import { usePage } from '../../store/use-page.ts';
import { WORDS } from '../../text/words.ts';
import { AttentionCard } from './attention-card.tsx';
import { FunctionsCard } from './functions-card.tsx';
import { Notices } from './notices.tsx';
import { ServerCard } from './server-card.tsx';
import { TodayCard } from './today-card.tsx';
import { useGuide } from './use-guide.ts';
import './home-screen.css';

/** @param guide how to connect Tableau */
export function HomeScreen({ guide }: { readonly guide: ReactNode }) {
  const isGuideShown = useGuide();
  const isFirstRun = usePage((page) => page.functions.length === 0 && page.tally.last === null);
  return (
    <div className="home">
      <Notices />
      <ServerCard />
      {isGuideShown && <AttentionCard />}
      {isGuideShown && (
        <section className="home__wide" aria-label={WORDS.screens.connect}>
          {guide}
        </section>
      )}
      {!(isGuideShown && isFirstRun) && (
        <>
          <TodayCard />
          <FunctionsCard />
        </>
      )}
      {!isGuideShown && <AttentionCard />}
    </div>
  );
}
