// Navigation: a link to every screen. Must not know what a screen shows.

import { SCREENS } from '../../../src-shared/ipc.ts';
import type { Screen } from '../../../src-shared/ipc.ts';
import { Icon } from '../../components/icon.tsx';
import { hashOf } from '../../store/route.ts';
import { WORDS } from '../../text/words.ts';
import { FRAME_WORDS } from './words.ts';
import './navigation.css';

/** Those with a shortcut of their own. */
const NUMBERED = 6;

export function Navigation({ screen }: { readonly screen: Screen }) {
  return (
    <nav className="navigation" aria-label={FRAME_WORDS.navigation}>
      <ul>
        {SCREENS.map((one, index) => (
          <li key={one} className={one === 'connect' ? 'navigation__guide' : ''}>
            <a
              href={hashOf(one)}
              className="navigation__link"
              {...(one === screen ? { 'aria-current': 'page' as const } : {})}
              {...(index >= NUMBERED ? {} : { 'aria-keyshortcuts': `Control+${index + 1} Meta+${index + 1}` })}
            >
              <Icon name={one} />
              {WORDS.screens[one]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
