// List of functions to tick, each with what an import or export does with it, or why it cannot be chosen.

import { Checkbox } from '../../../components/small-field.tsx';
import { TRANSFER_WORDS as words } from './words.ts';
import './transfer-list.css';

export interface TransferEntry {
  readonly name: string;
  readonly note: string;
  /** Why it cannot be chosen; null when it can. */
  readonly problem: string | null;
}

export interface TransferListProps {
  readonly entries: readonly TransferEntry[];
  /** The names that are not ticked. */
  readonly left: ReadonlySet<string>;
  readonly onChange: (left: ReadonlySet<string>) => void;
}

export function TransferList({ entries, left, onChange }: TransferListProps) {
  const possible = entries.filter(({ problem }) => problem === null).map(({ name }) => name);
  const turn = (name: string, isOn: boolean): void => {
    onChange(new Set(isOn ? [...left].filter((one) => one !== name) : [...left, name]));
  };
  return (
    <div className="transfer-list" role="group" aria-label={words.functions}>
      {possible.length > 1 && (
        <div className="transfer-list__all">
          <Checkbox
            isOn={possible.every((name) => !left.has(name))}
            onChange={(isOn) => onChange(new Set(isOn ? [] : possible))}
          >
            <span className="soft">{words.all}</span>
          </Checkbox>
        </div>
      )}
      {entries.map(({ name, note, problem }) => (
        <Checkbox
          key={name}
          isOn={problem === null && !left.has(name)}
          isDisabled={problem !== null}
          onChange={(isOn) => turn(name, isOn)}
        >
          <span className="code">{name}</span>
          <span className="small soft">{note}</span>
          {problem !== null && <span className="small transfer-list__problem">▲ {problem}</span>}
        </Checkbox>
      ))}
    </div>
  );
}
