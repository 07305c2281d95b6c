// Comparison of two versions of a function, line by line.

import { useEffect, useState } from 'react';
import type { DeployedFunction } from '../../../../src-shared/function.ts';
import type { FunctionVersion } from '../../../../src-shared/function-detail.ts';
import { DifferenceLines } from '../../../components/difference-lines.tsx';
import type { ComparedLine } from '../../../components/difference-lines.tsx';
import { SmallChoice } from '../../../components/small-field.tsx';
import { moment } from '../../../text/figures.ts';
import { useLookUp } from '../use-function-detail.ts';
import { useProgram } from '../../../store/use-page.ts';
import { FUNCTION_WORDS } from '../words.ts';
import { VERSION_WORDS as words } from './words.ts';

export interface VersionComparisonProps {
  readonly endpoint: DeployedFunction;
  /** Two or more, the newest first. */
  readonly versions: readonly FunctionVersion[];
}

export function VersionComparison({ endpoint, versions }: VersionComparisonProps) {
  const known = versions.map(({ version }) => version);
  const [chosen, setChosen] = useState<{ readonly from: number | null; readonly to: number | null }>({
    from: null,
    to: null,
  });
  // The chosen version may have been removed meanwhile.
  const to = chosen.to !== null && known.includes(chosen.to) ? chosen.to : (known[0] ?? 0);
  const from = chosen.from !== null && known.includes(chosen.from) ? chosen.from : (known[1] ?? 0);
  const now = Date.now();
  const choices = versions.map(({ version, deployedAt }) => ({
    value: String(version),
    label: words.option(version, moment(deployedAt * 1000, now)),
  }));
  return (
    <section className="function__comparison" aria-label={words.compare}>
      <div className="function__comparison-choices">
        <SmallChoice
          label={words.from}
          value={String(from)}
          choices={choices}
          onChange={(value) => setChosen({ ...chosen, from: Number(value) })}
        />
        <SmallChoice
          label={words.to}
          value={String(to)}
          choices={choices}
          onChange={(value) => setChosen({ ...chosen, to: Number(value) })}
        />
      </div>
      <Difference key={`${from}-${to}`} name={endpoint.name} from={from} to={to} />
    </section>
  );
}

interface DifferenceProps {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function Difference({ name, from, to }: DifferenceProps) {
  const { calls } = useProgram();
  const sources = useLookUp(
    () => Promise.all([calls.versionSource(name, from), calls.versionSource(name, to)]),
    `${name}/${from}/${to}`,
  );
  const [before, after] = sources.kind === 'here' ? sources.value : [null, null];
  const lines = useComparedLines(before, after);
  if (sources.kind === 'failed') return <p className="soft">{sources.why}</p>;
  if (sources.kind === 'waiting') return <p className="soft">{FUNCTION_WORDS.loading}</p>;
  if (before === null || after === null) return <p className="soft">{words.missing(before === null ? from : to)}</p>;
  if (lines === null) return <p className="soft">{FUNCTION_WORDS.loading}</p>;
  const added = lines.filter(({ kind }) => kind === 'added').length;
  const removed = lines.filter(({ kind }) => kind === 'removed').length;
  if (added + removed === 0) return <p className="soft">{words.same}</p>;
  return (
    <>
      <p className="small soft">{words.changes(added, removed)}</p>
      <DifferenceLines
        label={words.difference(from, to)}
        lines={lines}
        words={{ added: words.added, removed: words.removedLine, folded: words.folded }}
      />
    </>
  );
}

/** The lines compared and in colours. The code for it is loaded only when it is used. */
function useComparedLines(before: string | null, after: string | null): readonly ComparedLine[] | null {
  const [lines, setLines] = useState<readonly ComparedLine[] | null>(null);
  useEffect(() => {
    let isCurrent = true;
    setLines(null);
    if (before === null || after === null) return undefined;
    void Promise.all([import('../../../code/line-difference.ts'), import('../../../code/python-lines.ts')]).then(
      ([{ differenceOf }, { linesOf }]) => {
        if (!isCurrent) return;
        const [left, right] = [linesOf(before), linesOf(after)];
        setLines(
          differenceOf(before, after).map((line) => ({
            ...line,
            pieces: (line.after === null ? left[line.before! - 1] : right[line.after - 1]) ?? null,
          })),
        );
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [before, after]);
  return lines;
}
