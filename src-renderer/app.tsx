// The window: header, navigation and the screen that the address names. Must not know what a screen shows.

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
import { STRINGS } from './words.ts';
import { AboutScreen } from './features/about/about-screen.tsx';
import { ConnectScreen } from './features/connect/connect-screen.tsx';
import { DraftQuestion } from './features/functions/editor/draft-question.tsx';
import { FunctionsScreen } from './features/functions/functions-screen.tsx';
import { DropPlace } from './features/functions/transfer/drop-place.tsx';
import { Header } from './features/frame/header.tsx';
import { HomeScreen } from './features/home/home-screen.tsx';
import { LogsScreen } from './features/logs/logs-screen.tsx';
import { Navigation } from './features/frame/navigation.tsx';
import { PackagesScreen } from './features/packages/packages-screen.tsx';
import { RequestsScreen } from './features/requests/requests-screen.tsx';
import { SettingsScreen } from './features/settings/settings-screen.tsx';
import './app.css';

export function App() {
  const page = useContent((content) => content.page !== null);
  const failure = useContent((content) => content.failure);
  if (!page) return <p className="app-waiting soft">{failure ?? STRINGS.loading}</p>;
  return <Window />;
}

function Window() {
  const route = useRoute();
  const { screen } = route;
  const heading = useHeadingFocus(screen);
  useTheme();
  useShortcuts();
  useEffect(() => {
    document.title = `${STRINGS.screens[screen]} – TabPy Tray`;
  }, [screen]);
  return (
    <div className="app">
      <Header />
      <Navigation screen={screen} />
      <main className={`app__screen app__screen--${screen}`} key={screen}>
        <h1 ref={heading} tabIndex={-1}>
          {STRINGS.screens[screen]}
        </h1>
        <Failure />
        <FaultBoundary fallback={<Broken />}>{screenOf(route)}</FaultBoundary>
      </main>
      <Announcement />
      <DraftQuestion />
      <DropPlace />
    </div>
  );
}

function screenOf(route: Route) {
  switch (route.screen) {
    case 'home':
      return <HomeScreen />;
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
    case 'connect':
      return <ConnectScreen />;
    case 'about':
      return <AboutScreen />;
    default:
      return assertNever(route.screen);
  }
}

/** A fault of the page itself; the server runs on. */
function Broken() {
  return (
    <EmptyState icon="warning" title={STRINGS.broken}>
      <p>{STRINGS.brokenMore}</p>
      <Button onPress={() => window.location.reload()}>{STRINGS.reload}</Button>
    </EmptyState>
  );
}

/** Why the last call failed, on whatever screen it was asked for. */
function Failure() {
  const { store } = useProgram();
  const failure = useContent((content) => content.failure);
  return (
    <div role="alert">
      {failure !== null && (
        <Banner
          tone="error"
          actions={<IconButton icon="close" label={STRINGS.dismiss} onPress={store.dismissFailure} />}
        >
          {failure}
        </Banner>
      )}
    </div>
  );
}

/** Short words for screen readers, such as that something was copied. */
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

/** Where a screen was left, reading goes on at the heading of the next one. */
function useHeadingFocus(screen: Screen) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    const at = document.activeElement;
    // Who walks through the navigation stays there, and a screen may have chosen a field of its own.
    if (at?.closest('nav') || heading.current?.parentElement?.contains(at)) return;
    heading.current?.focus();
  }, [screen]);
  return heading;
}
