// Help when Tableau cannot connect: the program tests its own connection and lists what it found.

import { useState } from 'react';
import type { SelfTestStep } from '../../../src-shared/self-test.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { useProgram } from '../../store/use-page.ts';
import { CONNECT_WORDS as words } from './words.ts';

const MARKS = { good: '✓', note: '●', bad: '▲' } as const satisfies Record<SelfTestStep['outcome'], string>;

export function ConnectionTest() {
  const { calls, store } = useProgram();
  const [steps, setSteps] = useState<readonly SelfTestStep[] | null>(null);
  const [isTesting, setTesting] = useState(false);
  const test = (): void => {
    setTesting(true);
    void store.attempt(calls.selfTest().then(setSteps)).finally(() => setTesting(false));
  };
  return (
    <Card
      title={words.trouble}
      actions={
        <Button isDisabled={isTesting} onPress={test}>
          {isTesting ? words.testing : words.test}
        </Button>
      }
    >
      <div role="status">{steps !== null && <Outcome steps={steps} />}</div>
      <p className="soft guide__trouble">{words.troubleText}</p>
    </Card>
  );
}

function Outcome({ steps }: { readonly steps: readonly SelfTestStep[] }) {
  const isGood = steps.every(({ outcome }) => outcome !== 'bad');
  return (
    <>
      <p className="guide__verdict">{isGood ? words.testGood : words.testBad}</p>
      <ul className="guide__found">
        {steps.map(({ outcome, text }) => (
          <li key={text} className="guide__finding" data-outcome={outcome}>
            <span className="guide__mark" aria-hidden="true">
              {MARKS[outcome]}
            </span>
            <span>
              <span className="unseen">{words.outcomes[outcome]} </span>
              {text}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
