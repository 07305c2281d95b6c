// Where the page begins: finds the program, makes the store, draws the first screen. Must not decide anything.

import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { findBridge } from './bridge/bridge.ts';
import { createAuthorDesk } from './store/authoring.ts';
import { goTo } from './store/route.ts';
import { createStore } from './store/store.ts';
import { ProgramContext } from './store/use-page.ts';
import { STRINGS } from './words.ts';
import './styles/tokens.css';
import './styles/base.css';

const place = document.getElementById('page');
const bridge = findBridge();
if (place !== null) {
  if (bridge === null) place.textContent = STRINGS.noBridge;
  else {
    const store = createStore({
      bridge,
      onShow: (screen) => goTo(screen),
      beforeDrawing: (work) => requestAnimationFrame(work),
    });
    createRoot(place).render(
      <ProgramContext value={{ calls: bridge.calls, store, desk: createAuthorDesk() }}>
        <App />
      </ProgramContext>,
    );
  }
}
