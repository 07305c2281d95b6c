// Card of what needs attention: functions that could not be loaded and findings of the latest requests. Absent while
// there is nothing.

import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Icon } from '../../components/icon.tsx';
import { findingsIn } from './findings.ts';
import type { Finding } from './findings.ts';
import { whatRan } from '../../store/request-facts.ts';
import { hashOf } from '../../store/route.ts';
import { usePage } from '../../store/use-page.ts';
import { WORDS } from '../../text/words.ts';
import { HOME_WORDS as words } from './words.ts';

const MOST_FUNCTIONS = 3;
const MOST_FINDINGS = 4;

export function AttentionCard() {
  const functions = usePage((page) => page.functions);
  const failed = functions.filter((one) => one.status === 'LoadFailed');
  const { findings, dismiss } = useOpenFindings();
  if (failed.length + findings.length === 0) return null;
  return (
    <div className="home__wide">
      <Card title={words.attention}>
        <ul className="attention">
          {failed.slice(0, MOST_FUNCTIONS).map(({ name, lastError }) => (
            <Item key={name} tone="error" title={words.functionFailed(name)} text={lastError ?? ''}>
              <a href={hashOf('functions', name)}>{words.showFunction}</a>
            </Item>
          ))}
          {findings.slice(0, MOST_FINDINGS).map((finding) => {
            const { key, tone, kind, text, times, record } = finding;
            return (
              <Item key={key} tone={tone} title={words.findings[kind](times)} what={whatRan(record)} text={text}>
                <a href={hashOf('requests', String(record.id))}>{words.showRequest}</a>
                <IconButton icon="close" label={WORDS.dismiss} onPress={() => dismiss(finding)} />
              </Item>
            );
          })}
        </ul>
        <More functions={failed.length - MOST_FUNCTIONS} findings={findings.length - MOST_FINDINGS} />
      </Card>
    </div>
  );
}

/** How many there are beyond those that are shown. */
function More({ functions, findings }: { readonly functions: number; readonly findings: number }) {
  if (functions <= 0 && findings <= 0) return null;
  return (
    <p className="attention__more">
      {findings > 0 && <a href={hashOf('requests', 'errors')}>{words.moreFindings(findings)}</a>}
      {functions > 0 && <a href={hashOf('functions')}>{words.moreFunctions(functions)}</a>}
    </p>
  );
}

interface ItemProps {
  readonly tone: 'error' | 'warn';
  readonly title: string;
  /** The calculation that it is about. */
  readonly what?: string;
  readonly text: string;
  /** What can be done about it. */
  readonly children: ReactNode;
}

function Item({ tone, title, what, text, children }: ItemProps) {
  return (
    <li className="attention__item" data-tone={tone}>
      <Icon name="warning" />
      <div className="attention__words">
        <p className="attention__title">
          {title} {what !== undefined && <span className="code">{what}</span>}
        </p>
        <p className="soft">{text}</p>
      </div>
      <div className="attention__actions">{children}</div>
    </li>
  );
}

/** A finding that was dismissed is shown again when it happens again. */
function useOpenFindings() {
  const records = usePage((page) => page.requests);
  const all = useMemo(() => findingsIn(records), [records]);
  const [dismissed, setDismissed] = useState<ReadonlyMap<string, number>>(lastDismissed);
  const findings = all.filter(({ key, record }) => record.startedAt > (dismissed.get(key) ?? 0));
  const dismiss = ({ key, record }: Finding): void => {
    lastDismissed = new Map([...dismissed, [key, record.startedAt]]);
    setDismissed(lastDismissed);
  };
  return { findings, dismiss };
}

/** Kept when the user leaves Home, so that a dismissed finding stays dismissed. */
let lastDismissed: ReadonlyMap<string, number> = new Map();
