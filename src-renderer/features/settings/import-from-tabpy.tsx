// Card that imports from a TabPy on this computer: the user checks what is there, then imports it. Must not know how it
// is done.

import { useRef, useState } from 'react';
import type { TabpyImportOutcome, TabpyImportReport } from '../../../src-shared/tabpy-import.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { OnOff, TextBox } from '../../components/fields.tsx';
import { useOwnFailure } from '../../store/use-own-failure.ts';
import { useProgram } from '../../store/use-page.ts';
import { ChooseButton } from './choose-button.tsx';
import { Fault } from './fault.tsx';
import { IMPORT_WORDS as words } from './words.ts';

const MARKS = { taken: '✓', kept: '●', failed: '▲' } as const satisfies Record<TabpyImportOutcome, string>;

export function ImportFromTabPy() {
  const { calls } = useProgram();
  const { failure, attempt, forget } = useOwnFailure();
  const [place, setPlace] = useState('');
  const [override, setOverride] = useState(false);
  const [report, setReport] = useState<TabpyImportReport | null>(null);
  const [isWorking, setWorking] = useState(false);
  // Counts changes of the fields, so that an answer about another folder is not shown.
  const chosen = useRef(0);
  const ask = (isDryRun: boolean): void => {
    setWorking(true);
    const asked = chosen.current;
    const options = { place: place.trim() === '' ? null : place.trim(), isDryRun, override };
    const answered = calls.importFromTabpy(options).then((found) => {
      if (!isDryRun || asked === chosen.current) setReport(found);
    });
    void attempt(answered).finally(() => setWorking(false));
  };
  const change = (): void => {
    chosen.current += 1;
    setReport(null);
    forget();
  };
  const isLookedAt = report?.isDryRun === true;
  return (
    <Card title={words.title}>
      <p className="soft">{words.lead}</p>
      <div className="settings__rows">
        <div className="settings__row">
          <TextBox
            label={words.place}
            help={words.placeHelp}
            look="path"
            value={place}
            onChange={(text) => {
              setPlace(text);
              change();
            }}
            onDone={() => undefined}
            onCancel={() => {
              setPlace('');
              change();
            }}
            fault={null}
            action={
              <ChooseButton
                purpose="tabpy"
                label={words.place}
                onChosen={(path) => {
                  setPlace(path);
                  change();
                }}
              />
            }
          />
        </div>
        <div className="settings__row">
          <OnOff
            label={words.override}
            help={words.overrideHelp}
            isOn={override}
            onChange={(isOn) => {
              setOverride(isOn);
              change();
            }}
          />
        </div>
      </div>
      <div className="settings__act">
        <Button look={isLookedAt ? 'plain' : 'main'} isDisabled={isWorking} onPress={() => ask(true)}>
          {words.look}
        </Button>
        <Button look={isLookedAt ? 'main' : 'plain'} isDisabled={isWorking || !isLookedAt} onPress={() => ask(false)}>
          {words.take}
        </Button>
        {isWorking && <span className="soft small">{words.working}</span>}
      </div>
      <Fault text={failure} />
      <div role="status">{report && <Report report={report} />}</div>
    </Card>
  );
}

function Report({ report }: { readonly report: TabpyImportReport }) {
  const { isDryRun, isComplete, stateFolder, python, functions, settings, remarks } = report;
  const verdict = isDryRun ? words.wouldTake : isComplete ? words.allTaken : words.someTaken;
  const outcomes = isDryRun ? words.planned : words.outcomes;
  return (
    <div className="tabpy-import">
      <Banner tone={isComplete ? 'info' : 'warn'}>
        {verdict} <span className="code">{stateFolder}</span>
      </Banner>
      <Lines
        title={words.functions}
        outcomes={outcomes}
        lines={functions.map(({ name, outcome, text }) => ({ name, outcome, text }))}
      />
      <Lines
        title={words.settings}
        outcomes={outcomes}
        lines={settings.map(({ label, value, outcome, text }) => ({ name: label, outcome, text: text || value }))}
      />
      {python !== null && <OwnPython key={python} python={python} />}
      {remarks.map((remark) => (
        <p key={remark} className="soft">
          {remark}
        </p>
      ))}
    </div>
  );
}

/** The offer to add TabPy's own Python as an environment. */
function OwnPython({ python }: { readonly python: string }) {
  const { calls } = useProgram();
  const { failure, attempt } = useOwnFailure();
  const [name, setName] = useState<string | null>(null);
  const [isWorking, setWorking] = useState(false);
  const add = async (): Promise<void> => {
    setWorking(true);
    await attempt(calls.addEnvironment(python, null).then((added) => setName(added.name)));
    setWorking(false);
  };
  return (
    <div className="tabpy-import__python">
      <p className="soft">
        {words.environment} <span className="code">{python}</span>
      </p>
      {name === null ? (
        <Button isDisabled={isWorking} onPress={() => void add()}>
          {words.addEnvironment}
        </Button>
      ) : (
        <p>{words.addedEnvironment(name)}</p>
      )}
      <Fault text={failure} />
    </div>
  );
}

interface Line {
  readonly name: string;
  readonly outcome: TabpyImportOutcome;
  readonly text: string;
}

interface LinesProps {
  readonly title: string;
  /** Words for screen readers: what happened to a line, or what would. */
  readonly outcomes: Readonly<Record<TabpyImportOutcome, string>>;
  readonly lines: readonly Line[];
}

function Lines({ title, outcomes, lines }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul className="tabpy-import__list">
        {lines.map(({ name, outcome, text }) => (
          <li key={name} className="tabpy-import__line" data-outcome={outcome}>
            <span className="tabpy-import__mark" aria-hidden="true">
              {MARKS[outcome]}
            </span>
            <span>
              <span className="unseen">{outcomes[outcome]}: </span>
              <b>{name}</b> <span className="soft">{text}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
