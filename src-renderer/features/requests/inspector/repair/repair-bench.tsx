// Repairs the script of a request: the editor, runs on the request's own data, what it gave before and gives now side by
// side, and the way back to Tableau. Import it lazily: it brings the editor.

import { useMemo, useState } from 'react';
import type { RequestDetail } from '../../../../../src-shared/request-record.ts';
import { Banner } from '../../../../components/banner.tsx';
import { Button } from '../../../../components/button.tsx';
import { CopyButton } from '../../../../components/copy-button.tsx';
import { bodyData, inspectionOf } from '../../../../store/inspection.ts';
import type { Inspection } from '../../../../store/inspection.ts';
import { requestKey } from '../../../../store/request-facts.ts';
import { useCopy } from '../../../../store/use-copy.ts';
import { useProgram } from '../../../../store/use-page.ts';
import { SourceEditor } from '../../../../workbench/source-editor.tsx';
import { useSourceCheck } from '../../../../workbench/use-source-check.ts';
import { REPAIR_WORDS as words } from '../words.ts';
import { OutcomeSide } from './outcome-side.tsx';
import { failedLine } from './failed-line.ts';
import { tableauFormula } from './tableau-formula.ts';
import { useRepair } from './use-repair.ts';
import './repair-bench.css';

export interface RepairBenchProps {
  readonly detail: RequestDetail;
  readonly inspection: Inspection;
  readonly script: string;
  /** Makes a function of the repaired script. */
  readonly onPromote: (script: string) => void;
  readonly onClose: () => void;
}

/** Changed scripts by request, kept while the user looks at other requests. */
const drafts = new Map<string, string>();
const MOST_DRAFTS = 20;

export function RepairBench({ detail, inspection, script, onPromote, onClose }: RepairBenchProps) {
  const { calls, store } = useProgram();
  const { record } = detail;
  const key = requestKey(record);
  const [source, setSource] = useState(drafts.get(key) ?? script);
  const { attempt, run, stop } = useRepair(record.id);
  const copy = useCopy();
  const after = attempt.kind === 'done' ? attempt.detail : null;
  const afterInspection = useMemo(() => (after === null ? null : inspectionOf(after)), [after]);
  const data = useMemo(() => bodyData(detail.request), [detail]);
  const argumentNames = Object.keys(typeof data === 'object' && data !== null ? data : {});
  const checked = useSourceCheck(source, undefined, (text) => calls.checkScript(text, argumentNames.length));
  const isTried = attempt.kind === 'done' && attempt.script === source;
  const failed = isTried ? failedLine(attempt.detail, source) : source === script ? failedLine(detail, source) : null;
  const { result, allResult } = afterInspection ?? inspection;
  const formula = useMemo(
    () => tableauFormula(source, data, result, allResult !== null),
    [source, data, result, allResult],
  );
  const change = (text: string): void => {
    setSource(text);
    keepDraft(key, text);
  };
  const start = (): void => {
    if (attempt.kind !== 'running') run(source);
  };
  const format = (): void => {
    void store.attempt(
      calls.formatScript(source).then((text) => {
        change(text);
        return text;
      }),
    );
  };
  return (
    <section
      className="repair"
      aria-label={words.title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          // In the editor, Escape and then Tab leave it.
          event.stopPropagation();
          if (!(event.target as Element).closest('.source-editor')) onClose();
          return;
        }
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        start();
      }}
    >
      <div className="repair__columns">
        <SourceEditor
          label={words.script}
          text={source}
          onChange={change}
          checked={checked}
          failed={failed}
          onFormat={format}
          shown={null}
          completionHead={headOf(argumentNames)}
        />
        <div className="repair__sides">
          <OutcomeSide title={words.before} isReasonSaid={false} detail={detail} inspection={inspection} />
          {after !== null && afterInspection !== null ? (
            <OutcomeSide
              title={isTried ? words.after : words.lastRun}
              isReasonSaid
              detail={after}
              inspection={afterInspection}
            />
          ) : (
            <section className="repair__side" aria-label={words.after}>
              <h3>{words.after}</h3>
              <p className="soft">{attempt.kind === 'running' ? words.running : words.notRun}</p>
            </section>
          )}
        </div>
      </div>
      <div role="status">{attempt.kind === 'refused' && <Banner tone="error">{attempt.why}</Banner>}</div>
      <footer className="repair__foot">
        <Button look="main" icon="play" onPress={start} aria-keyshortcuts="Control+Enter">
          {words.run}
        </Button>
        {stop !== null && (
          <Button icon="stop" onPress={stop}>
            {words.stop}
          </Button>
        )}
        <CopyButton
          label={formula === null ? words.copyScript : words.copyFormula}
          onCopy={() => copy(formula?.text ?? source)}
        />
        <Button icon="functions" onPress={() => onPromote(source)}>
          {words.promote}
        </Button>
        {source !== script && (
          <Button look="quiet" icon="undo" onPress={() => change(script)}>
            {words.reset}
          </Button>
        )}
        <Button look="quiet" onPress={onClose}>
          {words.close}
        </Button>
        {formula !== null && (
          <code className="repair__formula small soft" title={formula.short}>
            {formula.short}
          </code>
        )}
      </footer>
    </section>
  );
}

/** A line before the script that names its arguments, so that they are offered while it is written. */
function headOf(names: readonly string[]): string {
  return `tabpy = ${[...names, 'None'].join(' = ')}\n`;
}

function keepDraft(key: string, text: string): void {
  drafts.delete(key);
  drafts.set(key, text);
  const [oldest] = drafts.keys();
  if (drafts.size > MOST_DRAFTS && oldest !== undefined) drafts.delete(oldest);
}
