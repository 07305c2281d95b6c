// Header of every screen: the state of the server, its address, and the next actions.

import { useState } from 'react';
import { addressOf } from '../../../src-shared/service-state.ts';
import type { ServiceState } from '../../../src-shared/service-state.ts';
import { explanationOf, shapeOf, titleOf } from '../../../src-shared/state-words.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Progress } from '../../components/progress.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { addressText } from '../../../src-shared/address-text.ts';
import { actionsFor, toneOf } from './next-actions.ts';
import { useCopy } from '../../store/use-copy.ts';
import { useNow } from '../../store/use-now.ts';
import { useContent, usePage } from '../../store/use-page.ts';
import { FRAME_WORDS } from './words.ts';
import { ActionButton } from './action-button.tsx';
import './header.css';

export function Header() {
  const link = useContent((content) => content.link);
  return link === 'up' ? <StateHeader /> : <LostHeader link={link} />;
}

/** The state of the server is not known while the program cannot be reached. */
function LostHeader({ link }: { readonly link: 'lost' | 'stranger' }) {
  const dataDir = usePage((page) => page.program.dataDir);
  const copy = useCopy();
  const { title, text } = FRAME_WORDS.link[link];
  const command = FRAME_WORDS.linkCommand(dataDir);
  return (
    <header className="header" data-state={link}>
      <div className="header__strip">
        <StateMark shape="alert" tone="bad" />
        <p className="header__title" role="status">
          {title}
        </p>
      </div>
      <div className="header__more">
        <p>{text}</p>
        <p className="header__command">
          <span className="code">{command}</span>
          <CopyButton label={FRAME_WORDS.copyCommand} onCopy={() => copy(command)} isIconOnly />
        </p>
      </div>
    </header>
  );
}

function StateHeader() {
  const state = usePage((page) => page.service);
  const platform = usePage((page) => page.program.platform);
  const [helpFor, setHelpFor] = useState<ServiceState | null>(null);
  const isHelpShown = helpFor === state;
  const explanation = explanationOf(state);
  const help = FRAME_WORDS.freePortHelp[platform === 'win32' ? 'win32' : 'other'];
  return (
    <header className="header" data-state={state.kind}>
      <div className="header__strip">
        <StateMark shape={shapeOf(state)} tone={toneOf(state)} />
        <p className="header__title" role="status" title={titleOf(state)}>
          {titleOf(state)}
        </p>
        <Where state={state} />
        <div className="header__actions">
          {actionsFor(state).map((action, index) => (
            <ActionButton
              key={action.kind}
              action={action}
              isFirst={index === 0}
              isHelpShown={isHelpShown}
              onHelp={() => setHelpFor(isHelpShown ? null : state)}
            />
          ))}
        </div>
      </div>
      {(explanation || isHelpShown) && (
        <div className="header__more">
          <p>{explanation}</p>
          {isHelpShown && <p className="soft">{help}</p>}
        </div>
      )}
      {state.kind === 'starting' && <Progress label={state.step.text} fraction={state.step.fraction} />}
      {state.kind === 'stopping' && <Progress label={titleOf(state)} fraction={null} />}
    </header>
  );
}

/** The address of the server, the version of Python, and how long a start takes. */
function Where({ state }: { readonly state: ServiceState }) {
  const python = usePage((page) => page.program.python);
  const copy = useCopy();
  const address = addressOf(state);
  return (
    <div className="header__where">
      {state.kind === 'starting' && state.since > 0 && <Elapsed since={state.since} />}
      {address && (
        <>
          <span className="header__address code">{addressText(address)}</span>
          <CopyButton
            label={FRAME_WORDS.actions['copy-address']}
            onCopy={() => copy(addressText(address))}
            isIconOnly
          />
        </>
      )}
      {python && address && <span className="header__python soft">{FRAME_WORDS.python(python)}</span>}
    </div>
  );
}

function Elapsed({ since }: { readonly since: number }) {
  const now = useNow(1_000);
  return (
    <span className="figure soft" aria-hidden="true">
      {FRAME_WORDS.seconds(Math.max(0, Math.floor((now - since) / 1000)))}
    </span>
  );
}
