// What became of a request for Tableau, and why, in words. Pure; Python judges results (verdict.py).

/** `rejected`: the server answered, but Tableau shows an error. */
export const VERDICTS = ['ok', 'rejected', 'failed', 'stopped'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why Tableau rejects a result (wire contract: what Tableau requires back). Rows count from 1. */
export type Rejection =
  | { readonly kind: 'wrong-length'; readonly rowsSent: number; readonly rowsBack: number }
  | { readonly kind: 'mixed-types'; readonly types: readonly [string, string]; readonly row: number }
  | { readonly kind: 'no-result' }
  | { readonly kind: 'nested'; readonly row: number }
  | { readonly kind: 'object' }
  | { readonly kind: 'unequal-columns'; readonly lengths: Readonly<Record<string, number>> }
  | { readonly kind: 'no-columns' };

/** What Python tells of one call of a script or function. */
export interface CallFacts {
  /** The longest column among the arguments; 1 when all are single values; null when nothing was sent. */
  readonly rowsSent: number | null;
  /** Null without a result. */
  readonly rowsBack: number | null;
  readonly rejection: Rejection | null;
  /** Arguments that are null in every row. */
  readonly nullArguments: readonly string[];
}

/** The same in the fields of Python's answer. */
export interface ToldFacts {
  readonly rows?: readonly [number | null, number | null];
  readonly rejection?: Rejection;
  readonly nulls?: readonly string[];
}

export function callFactsOf(told: ToldFacts | null): CallFacts {
  if (told?.rows === undefined) return NO_CALL;
  const { rows, rejection = null, nulls = NO_CALL.nullArguments } = told;
  return { rowsSent: rows[0], rowsBack: rows[1], rejection, nullArguments: nulls };
}

export const NO_CALL: CallFacts = { rowsSent: null, rowsBack: null, rejection: null, nullArguments: [] };

/** What happened, in a few words for a list. */
export function shortRejection(rejection: Rejection): string {
  switch (rejection.kind) {
    case 'wrong-length':
      return `${values(rejection.rowsBack)} for ${rows(rejection.rowsSent)}`;
    case 'mixed-types':
      return `${rejection.types.join(' and ')} in one column, from row ${count(rejection.row)}`;
    case 'no-result':
      return 'The script returned nothing';
    case 'nested':
      return `A list or an object in row ${count(rejection.row)}`;
    case 'object':
      return 'A table where one column is needed';
    case 'unequal-columns':
      return 'Columns of different lengths';
    case 'no-columns':
      return 'No table where one is needed';
  }
}

/** What happened and what to do, in a sentence or two. */
export function wordsOfRejection(rejection: Rejection): string {
  switch (rejection.kind) {
    case 'wrong-length':
      return `The answer has ${values(rejection.rowsBack)} for ${rows(rejection.rowsSent)}. Tableau needs one value, or one value for each row. ${cureOfLength(rejection)}`;
    case 'mixed-types':
      return `Row ${count(rejection.row)} has the type ${rejection.types[1]}, but the rows before it have the type ${rejection.types[0]}. Tableau needs one type. Convert all values to one type, or return None where a value is missing.`;
    case 'no-result':
      return 'The script returned nothing. Tableau needs one value, or one value for each row. End the script with return and the result.';
    case 'nested':
      return `Row ${count(rejection.row)} is a list or an object. Tableau needs single values. Return one value for each row; .ravel().tolist() makes single values of a numpy array.`;
    case 'object':
      return 'The answer is a table. A calculated field needs one value, or one value for each row. Return one column of the table, such as result["name"].tolist().';
    case 'unequal-columns':
      return `The columns have different lengths (${Object.entries(rejection.lengths)
        .map(([name, length]) => `${name}: ${count(length)}`)
        .join(', ')}). Tableau needs a value for each row in every column. Return columns of the same length.`;
    case 'no-columns':
      return 'The answer is not a table. A table extension needs one list for each column, all of the same length. Return a DataFrame, or a dict of lists.';
  }
}

export function wordsOfNullArgument(name: string): string {
  return `${name} is null in every row. ATTR([field]) is null where a mark has several values. Use MIN([field]), or add the field to the view.`;
}

function cureOfLength({ rowsSent, rowsBack }: { readonly rowsSent: number; readonly rowsBack: number }): string {
  const isRepeated = rowsSent > 1 && rowsBack > rowsSent && rowsBack % rowsSent === 0;
  return isRepeated
    ? 'A list times a number repeats the list, and list + list joins them. Work on each value, as in [x * 2 for x in _arg1].'
    : 'Return a list that is as long as the arguments.';
}

const count = (number: number): string => number.toLocaleString('en');
const values = (number: number): string => `${count(number)} ${number === 1 ? 'value' : 'values'}`;
const rows = (number: number): string => `${count(number)} ${number === 1 ? 'row' : 'rows'}`;
