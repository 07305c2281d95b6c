// Card of the server: its port and addresses, since when it runs, who may use it; start and stop.

import { addressOf, isUp } from '../../../src-shared/service-state.ts';
import type { ServiceState } from '../../../src-shared/service-state.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Facts } from '../../components/facts.tsx';
import type { Fact } from '../../components/facts.tsx';
import { moment, span } from '../../text/figures.ts';
import { hashOf } from '../../store/route.ts';
import { useNow } from '../../store/use-now.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { HOME_WORDS as words } from './words.ts';

export function ServerCard() {
  const { calls, store } = useProgram();
  const state = usePage((page) => page.service);
  const settings = usePage((page) => page.settings);
  const address = addressOf(state);
  const now = useNow(60_000, address !== null);
  const facts: readonly Fact[] = [
    {
      name: words.port,
      value: (
        <>
          <span className="figure">{address?.port ?? settings.port}</span>
          <a href={hashOf('settings', 'port')}>{words.change}</a>
        </>
      ),
    },
    {
      name: words.listens,
      value: address ? (
        <span className="code">{address.hosts.join(', ')}</span>
      ) : (
        <span className="soft">{words.notListening}</span>
      ),
    },
    ...(address
      ? [
          {
            name: words.since,
            value: words.sinceFor(moment(address.since, now), span(Math.max(0, now - address.since))),
          },
        ]
      : []),
    {
      name: words.access,
      value: (
        <>
          {words.accessBy(settings.transferProtocol, settings.passwordFile !== '')}
          <a href={hashOf('settings', 'passwordFile')}>{words.change}</a>
        </>
      ),
    },
  ];
  return (
    <div className="home__wide">
      <Card
        title={words.server}
        actions={
          <>
            {canRestartPython(state) && (
              <Button onPress={() => void store.attempt(calls.restartPython())}>{words.restartPython}</Button>
            )}
            {isUp(state) ? (
              <Button onPress={() => void store.attempt(calls.stop())}>{words.stopServer}</Button>
            ) : (
              state.kind !== 'stopping' && (
                <Button onPress={() => void store.attempt(calls.start())}>{words.startServer}</Button>
              )
            )}
          </>
        }
      >
        <Facts facts={facts} isWide />
      </Card>
    </div>
  );
}

/** In other states the header offers it as a next action. */
function canRestartPython(state: ServiceState): boolean {
  return isUp(state) && state.kind !== 'python-failed' && state.kind !== 'starting';
}
