// Words of trying Python: the editor with its problems, fields of data, runs and their results.

import { plural } from '../text/figures.ts';

/** Words of an editor of source, and of what is wrong with the source. */
export const SOURCE_WORDS = {
  leave: 'Tab indents. To leave the code, press Escape, then Tab.',
  problems: (errors: number, warnings: number) =>
    errors + warnings === 0
      ? 'No problems'
      : [
          ...(errors > 0 ? [plural(errors, 'error', 'errors')] : []),
          ...(warnings > 0 ? [plural(warnings, 'warning', 'warnings')] : []),
        ].join(', '),
  checking: 'Checking…',
  unchecked: (why: string) => `The code was not checked: ${why}`,
  problem: (line: number, text: string) => `Line ${line}: ${text}`,
} as const;

export const PARAMETER_WORDS = {
  none: 'The function has no parameters.',
  optional: 'optional',
  types: { number: 'Number', integer: 'Whole number', text: 'Text', boolean: 'True or false', any: 'Any' },
} as const;

export const TRIAL_WORDS = {
  title: 'Test',
  run: 'Run',
  runHelp: 'Ctrl+Enter, on a Mac Cmd+Enter',
  stop: 'Stop',
  stopHelp: 'Stop the test',
  running: 'Running…',
  sample: 'Sample data',
  last: 'Data of the last request',
  captured: 'Data from Tableau',
  data: 'Data (JSON)',
  dataHelp: 'One list for each parameter, such as {"x": [1, 2, 3]}.',
  isInvalid: 'This value is not valid. Write a list such as [1, 2, 3], a text such as "north", a number, true or null.',
  isNoObject: 'Write one list for each parameter, such as {"x": [1, 2, 3]}.',
  isMissing: 'Enter a value.',
  result: 'Result',
  tookOf: (took: string) => `Answered in ${took}`,
  failedAfter: (took: string) => `Failed after ${took}`,
  prints: 'Printed text',
  rejected: 'Tableau will reject this result.',
  line: (line: number) => `Line ${line}`,
  traceback: 'Traceback',
  nothingKept: 'No data of a request to this function is kept.',
  cut: (count: string) => `… ${count} more characters`,
  row: 'Row',
  hint: 'A test changes nothing and is not listed under Requests. Ctrl+Enter runs it, on a Mac Cmd+Enter.',
  look: 'Show the result as',
  table: 'Table',
  chart: 'Chart',
  chartOf: (name: string, values: string, least: string, most: string, gaps: number) =>
    `Chart of ${name}: ${values} values from ${least} to ${most}${gaps > 0 ? `, ${gaps} of them null` : ''}`,
  picture: (number: number, of: number) => `Picture ${number} of ${of} that the run drew`,
  brokenPicture: 'This picture cannot be shown.',
} as const;
