// The report of an import from TabPy, as text for a terminal. Pure.

import { shown } from '../activity/log.ts';
import type { TabpyImportOutcome, TabpyImportReport } from '../../src-shared/tabpy-import.ts';

const WORDS: Readonly<Record<TabpyImportOutcome, readonly [done: string, planned: string]>> = {
  taken: ['imported', 'would be imported'],
  kept: ['not imported', 'not imported'],
  failed: ['failed', 'would fail'],
};

/** Lines for people: functions, settings, remarks, and how many are missing. */
export function tabpyImportText(report: TabpyImportReport): string {
  const { functions, settings, isDryRun, stateFolder, configFile, python, remarks } = report;
  const word = (outcome: TabpyImportOutcome): string => WORDS[outcome][isDryRun ? 1 : 0];
  const sections = [
    `TabPy in ${stateFolder}${configFile === null ? '' : `, configured by ${configFile}`}${isDryRun ? ' (nothing is changed)' : ''}\n`,
    listOf(
      'Functions',
      functions.map((one) => [
        one.type === 'alias' ? `${one.name} (alias)` : `${one.name} ${one.version || ''}`.trimEnd(),
        word(one.outcome),
        one.text,
      ]),
    ),
    listOf(
      'Settings',
      settings.map((one) => [`${one.label}: ${one.value}`, word(one.outcome), one.text]),
    ),
    remarks.map((remark) => `Note: ${remark}\n`).join(''),
    environmentNote(python),
    `${summaryOf(report)}\n`,
  ];
  return sections.filter((section) => section !== '').join('\n');
}

function listOf(title: string, rows: readonly (readonly [string, string, string])[]): string {
  if (rows.length === 0) return title === 'Functions' ? 'Functions: none was deployed.\n' : '';
  // Other people wrote these names and errors, and a terminal shows them.
  const clean = rows.map(([what, word, text]) => [shown(what), word, shown(text)] as const);
  const width = (index: 0 | 1): number => Math.max(...clean.map((row) => row[index].length));
  const lines = clean.map(
    ([what, word, text]) => `  ${what.padEnd(width(0))}  ${word.padEnd(width(1))}  ${text}`.trimEnd() + '\n',
  );
  return `${title}\n${lines.join('')}`;
}

function environmentNote(python: string | null): string {
  if (python === null) return '';
  return `TabPy's own Python and its packages can be an environment:\n  tabpy-tray environments add ${shown(python)} --name tabpy\n`;
}

function summaryOf({ functions, settings, isComplete, isDryRun }: TabpyImportReport): string {
  if (isComplete) return isDryRun ? 'Everything would be imported.' : 'Everything was imported.';
  const missing = [...functions, ...settings].filter(({ outcome }) => outcome !== 'taken').length;
  const total = functions.length + settings.length;
  return `${missing} of ${total} ${isDryRun ? 'would not be' : 'were not'} imported. Each line says what to do.`;
}
