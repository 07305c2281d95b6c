// Window of the page: header, navigation and the screen that the address names. Must not know what a screen shows.

import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Screen } from '../src-shared/ipc.ts';
import { assertNever } from '../src-shared/assert-never.ts';
import { Banner } from './components/banner.tsx';
import { Button, IconButton } from './components/button.tsx';
import { EmptyState } from './components/empty-state.tsx';
import { FaultBoundary } from './components/fault-boundary.tsx';
import { useRoute } from './store/route.ts';
import type { Route } from './store/route.ts';
import { useContent, useProgram } from './store/use-page.ts';
import { useShortcuts } from './features/frame/use-shortcuts.ts';
import { WORDS } from './text/words.ts';
import { AboutScreen } from './features/about/about-screen.tsx';
import { ConnectGuide } from './features/connect/connect-guide.tsx';
import { DraftQuestion } from './features/functions/editor/draft-question.tsx';
import { FunctionsScreen } from './features/functions/functions-screen.tsx';
import { DropArea } from './features/functions/transfer/drop-area.tsx';
import { Header } from './features/frame/header.tsx';
import { HomeScreen } from './features/home/home-screen.tsx';
import { LogsScreen } from './features/logs/logs-screen.tsx';
import { Navigation } from './features/frame/navigation.tsx';
import { PackagesScreen } from './features/packages/packages-screen.tsx';
import { RequestsScreen } from './features/requests/requests-screen.tsx';
import { ReportCard } from './features/settings/report-card.tsx';
import { SettingsScreen } from './features/settings/settings-screen.tsx';
import './app.css';

export function App() {
  const page = useContent((content) => content.page !== null);
  const noStart = useContent((content) => content.noStart);
  if (!page) return <p className="app-waiting soft">{noStart ?? WORDS.loading}</p>;
  return <Window />;
}

function Window() {
  const route = useRoute();
  const { screen } = route;
  const heading = useHeadingFocus(screen);
  useTheme();
  useShortcuts();
  useEffect(() => {
    document.title = `${WORDS.screens[screen]} – TabPy Tray`;
  }, [screen]);
  return (
    <div className="app">
      <Header />
      <Navigation screen={screen} />
      <main className={`app__screen app__screen--${screen}`} key={screen}>
        <h1 ref={heading} tabIndex={-1}>
          {WORDS.screens[screen]}
        </h1>
        <Failure screen={screen} />
        <FaultBoundary fallback={<Broken />}>{screenOf(route)}</FaultBoundary>
      </main>
      <Announcement />
      <DraftQuestion />
      <DropArea />
    </div>
  );
}

function screenOf(route: Route) {
  switch (route.screen) {
    case 'home':
      return <HomeScreen guide={<ConnectGuide isOnHome />} />;
    case 'functions':
      return <FunctionsScreen name={route.detail} />;
    case 'requests':
      return <RequestsScreen detail={route.detail} />;
    case 'logs':
      return <LogsScreen detail={route.detail} />;
    case 'packages':
      return <PackagesScreen wanted={route.detail} />;
    case 'settings':
      return <SettingsScreen detail={route.detail} />;
    case 'about':
      return <AboutScreen report={<ReportCard />} />;
    case 'connect':
      return <ConnectGuide />;
    default:
      return assertNever(route.screen);
  }
}

/** Shown after an error in the page itself. The server is not affected. */
function Broken() {
  return (
    <EmptyState icon="warning" title={WORDS.broken}>
      <p>{WORDS.brokenMore}</p>
      <Button onPress={() => window.location.reload()}>{WORDS.reload}</Button>
    </EmptyState>
  );
}

/** Why the last action on this screen failed. It is gone when the user leaves the screen. */
function Failure({ screen }: { readonly screen: Screen }) {
  const { store } = useProgram();
  const failure = useContent((content) => content.failures[screen] ?? null);
  useEffect(() => () => store.dismissFailure(screen), [store, screen]);
  return (
    <div role="alert">
      {failure !== null && (
        <Banner
          tone="error"
          actions={<IconButton icon="close" label={WORDS.dismiss} onPress={() => store.dismissFailure(screen)} />}
        >
          {failure}
        </Banner>
      )}
    </div>
  );
}

/** Short messages for screen readers, for example after copying. */
function Announcement() {
  const { text, turn } = useContent((content) => content.announcement);
  return (
    <div className="unseen" role="status">
      {text && <span key={turn}>{text}</span>}
    </div>
  );
}

function useTheme(): void {
  const theme = useContent((content) => content.page?.settings.theme ?? 'system');
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}

/** After a change of the screen the focus is on the new heading, so that screen readers go on there. */
function useHeadingFocus(screen: Screen) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    const at = document.activeElement;
    // The focus stays in the navigation, and a screen may have focused a field itself.
    if (at?.closest('nav') || heading.current?.parentElement?.contains(at)) return;
    heading.current?.focus();
  }, [screen]);
  return heading;
}
