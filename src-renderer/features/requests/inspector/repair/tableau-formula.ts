// Formula that brings a repaired script back to Tableau: the script as Tableau quotes it, the type of the result, and an
// aggregation for each field by the type of its data. Pure.

import type { Json } from '../../../../../src-shared/function.ts';
import { aggregated, resultTypeOf } from '../../../../store/tableau-types.ts';
import { orderedArguments } from '../../../../store/inspection.ts';
import type { Column } from '../../../../store/inspection.ts';

export interface TableauFormula {
  /** What is pasted into the calculated field. */
  readonly text: string;
  /** The same with the script left out, to be shown. */
  readonly short: string;
}

/**
 * Null: the script gets a table, so it belongs to a table extension or to Prep, which take the script itself.
 * @param data the request's `data`
 * @param result the columns of the result, or none when there is no result yet
 * @param isCut there are more rows than these, so numbers may be whole ones here only
 */
export function tableauFormula(
  script: string,
  data: Json | undefined,
  result: readonly Column[],
  isCut = false,
): TableauFormula | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const args = orderedArguments(data);
  if (args.some(([, value]) => typeof value === 'object' && value !== null && !Array.isArray(value))) return null;
  const fields = args.map(([, value], index) =>
    aggregated(`Field ${index + 1}`, Array.isArray(value) ? value : [value]),
  );
  const [column] = result;
  const type = resultTypeOf(column?.values ?? []);
  const name = `SCRIPT_${isCut && type === 'INT' ? 'REAL' : type}`;
  const formula = (quoted: string): string => `${name}(${[`"${quoted}"`, ...fields].join(', ')})`;
  return { text: formula(script.replaceAll('"', '""')), short: formula('…') };
}
