// Guide that connects Tableau: three steps, ticked by the requests that Tableau sends.

import type { ReactNode } from 'react';
import { addressOf } from '../../../src-shared/service-state.ts';
import { Button } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Icon } from '../../components/icon.tsx';
import { duration, timeOfDay } from '../../text/figures.ts';
import { hostText } from '../../../src-shared/address-text.ts';
import { hashOf } from '../../store/route.ts';
import { useCopy } from '../../store/use-copy.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { CONNECT_WORDS as words } from './words.ts';
import { ConnectionTest } from './connection-test.tsx';
import { NextSteps } from './next-steps.tsx';
import { SampleWorkbook } from './sample-workbook.tsx';
import './connect-guide.css';

/** A calculated field that works on every server. */
const SAMPLE_FORMULA = 'SCRIPT_REAL("return [x * 2 for x in _arg1]", SUM([Sales]))';

/** @param isOnHome whether it can be closed: the screen Connect Tableau always has it */
export function ConnectGuide({ isOnHome = false }: { readonly isOnHome?: boolean }) {
  const { calls, store } = useProgram();
  const address = usePage((page) => addressOf(page.service));
  const settings = usePage((page) => page.settings);
  const { askedAt, calculated, failed } = usePage((page) => page.tableau);
  const copy = useCopy();
  const host = hostText(address?.hosts ?? settings.hosts);
  const port = String(address?.port ?? settings.port);
  return (
    <div className="guide">
      <div className="guide__head">
        <p className="soft">{words.lead}</p>
        {isOnHome && (
          <Button
            look="quiet"
            icon="close"
            onPress={() => void store.attempt(calls.changeSettings({ showGuide: false }))}
          >
            {words.close}
          </Button>
        )}
      </div>
      {calculated !== null && <NextSteps request={calculated.id} />}
      <ol className="guide__steps">
        <Step number={1} isDone={address !== null} title={address === null ? words.notRunning : words.running}>
          <div className="guide__values">
            <Value name={words.server} value={host} copyLabel={words.copyServer} onCopy={copy} />
            <Value name={words.port} value={port} copyLabel={words.copyPort} onCopy={copy} />
          </div>
        </Step>
        <Step number={2} isDone={askedAt !== null} title={words.openTableau}>
          <p className="guide__path">
            {words.path.map((part, index) => (
              <span key={part}>
                {index > 0 && <span aria-hidden="true">▸</span>} {part}
              </span>
            ))}
          </p>
          <p className="soft">{words.enter(settings.passwordFile !== '', settings.transferProtocol === 'https')}</p>
          <Outcome isDone={askedAt !== null}>
            {askedAt === null ? words.waitingForTableau : words.asked(timeOfDay(askedAt))}
          </Outcome>
        </Step>
        <Step number={3} isDone={calculated !== null} title={words.tryIt}>
          <CodeBlock text={SAMPLE_FORMULA} copyLabel={words.copyFormula} onCopy={copy} />
          <div className="guide__sample">
            <SampleWorkbook />
            <p className="soft">{words.workbookText}</p>
          </div>
          <Outcome isDone={calculated !== null}>
            {calculated === null
              ? words.waitingForCalculation
              : words.calculated(timeOfDay(calculated.at), duration(calculated.elapsedMs))}
          </Outcome>
          {failed && (
            <p className="guide__failure">
              {words.calculationFailed(timeOfDay(failed.at))} {failed.failure}{' '}
              <a href={hashOf('requests', String(failed.id))}>{words.seeRequest}</a>
            </p>
          )}
        </Step>
      </ol>
      <ConnectionTest />
    </div>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly children: ReactNode;
}

function Step({ number, title, isDone, children }: StepProps) {
  return (
    <li className="guide__step" data-done={isDone}>
      <span className="guide__number">
        {isDone ? <Icon name="check" /> : <span aria-hidden="true">{number}</span>}
        <span className="unseen">{isDone ? words.done : words.open}</span>
      </span>
      <div className="guide__body">
        <h2>{title}</h2>
        {children}
      </div>
    </li>
  );
}

interface ValueProps {
  readonly name: string;
  readonly value: string;
  readonly copyLabel: string;
  readonly onCopy: (text: string) => Promise<boolean>;
}

function Value({ name, value, copyLabel, onCopy }: ValueProps) {
  return (
    <div className="guide__value">
      <span className="soft">{name}</span>
      <span className="code">{value}</span>
      <CopyButton label={copyLabel} onCopy={() => onCopy(value)} isIconOnly />
    </div>
  );
}

function Outcome({ isDone, children }: { readonly isDone: boolean; readonly children: string }) {
  return (
    <p className="guide__outcome" data-done={isDone} role="status">
      {children}
    </p>
  );
}
