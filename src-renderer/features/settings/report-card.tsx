// The report for a question to somebody else, with a button that copies it.

import type { SelfTestStep } from '../../../src-shared/self-test.ts';
import { Card } from '../../components/card.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useCopy } from '../../store/use-copy.ts';
import { useProgram } from '../../store/use-page.ts';
import { reportOf } from './report.ts';
import { SETTINGS_WORDS as words } from './words.ts';

/** What somebody who helps wants to know, without what is private. */
export function ReportCard() {
  const { calls, store } = useProgram();
  const copy = useCopy();
  const copyReport = async (): Promise<boolean> => {
    let tested: readonly SelfTestStep[] = [];
    await store.attempt(calls.selfTest().then((steps) => (tested = steps)));
    const { page } = store.read();
    return page !== null && copy(reportOf(page, tested));
  };
  return (
    <Card title={words.report} actions={<CopyButton label={words.copyReport} onCopy={copyReport} />}>
      <p className="soft">{words.reportHelp}</p>
    </Card>
  );
}
