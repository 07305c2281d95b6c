// Start of the page: finds the program, makes the store, draws the first screen. Must not decide anything.

import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { findBridge } from './bridge/bridge.ts';
import { createAuthoring } from './store/authoring.ts';
import { goTo, routeOf } from './store/route.ts';
import { createStore } from './store/store.ts';
import { ProgramContext } from './store/use-page.ts';
import { WORDS } from './text/words.ts';
import './styles/tokens.css';
import './styles/base.css';

const place = document.getElementById('page');
const bridge = findBridge();
if (place !== null) {
  if (bridge === null) place.textContent = WORDS.noBridge;
  else {
    const store = createStore({
      bridge,
      screen: () => routeOf(window.location.hash).screen,
      onShow: ({ screen, detail }) => goTo(screen, detail ?? undefined),
      beforeDrawing: (work) => requestAnimationFrame(work),
    });
    createRoot(place).render(
      <ProgramContext value={{ calls: bridge.calls, store, authoring: createAuthoring() }}>
        <App />
      </ProgramContext>,
    );
  }
}
