// Details of a request that is not answered yet: what runs, for how long, and how to stop it.

import type { ReactNode } from 'react';
import type { LiveRequest } from '../../../src-shared/request-record.ts';
import { Button } from '../../components/button.tsx';
import { DetailPanel } from '../../components/detail-panel.tsx';
import { Facts } from '../../components/facts.tsx';
import { VerdictMark } from '../../components/verdict-mark.tsx';
import { whatRan } from '../../store/request-facts.ts';
import { size, timeOfDay } from '../../text/figures.ts';
import { WORDS } from '../../text/words.ts';
import { INSPECTOR_WORDS } from './inspector/words.ts';
import { Lasting } from './request-cells.tsx';
import { REQUEST_WORDS as words, VERDICT_WORDS } from './words.ts';

export interface LiveDetailProps {
  readonly live: LiveRequest;
  readonly moveButton: ReactNode;
  readonly onStop: (live: LiveRequest) => void;
  readonly onClose: () => void;
}

export function LiveDetail({ live, moveButton, onStop, onClose }: LiveDetailProps) {
  const { state, since, startedAt, requestBytes, user, client, remoteAddress } = live;
  const { facts } = INSPECTOR_WORDS;
  return (
    <DetailPanel
      title={whatRan(live)}
      look="tall"
      closeLabel={WORDS.closeDetails}
      onClose={onClose}
      actions={
        <>
          <Button icon="stop" onPress={() => onStop(live)}>
            {words.stop}
          </Button>
          {moveButton}
        </>
      }
    >
      <p className="soft">
        <VerdictMark verdict={state}>{VERDICT_WORDS[state]}</VerdictMark> {words.liveLead}
      </p>
      <Facts
        isWide
        facts={[
          { name: facts.time, value: timeOfDay(startedAt) },
          { name: state === 'running' ? facts.ran : facts.waited, value: <Lasting since={since} /> },
          { name: facts.requestSize, value: size(requestBytes) },
          { name: facts.user, value: user ?? INSPECTOR_WORDS.unknown },
          { name: facts.client, value: client ?? INSPECTOR_WORDS.unknown },
          { name: facts.address, value: <span className="code">{remoteAddress}</span> },
        ]}
      />
    </DetailPanel>
  );
}
