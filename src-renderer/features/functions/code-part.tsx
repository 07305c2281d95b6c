// Code of a function, to read and copy.

import type { DeployedFunction } from '../../../src-shared/function.ts';
import type { FunctionDetail } from '../../../src-shared/function-detail.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ScriptLines } from '../../components/script-lines.tsx';
import { hashOf } from '../../store/route.ts';
import { usePythonPieces } from '../../code/use-python-pieces.ts';
import type { LookedUp } from './use-function-detail.ts';
import { useCopy } from '../../store/use-copy.ts';
import { usePage } from '../../store/use-page.ts';
import { FUNCTION_WORDS as words } from './words.ts';
import { FollowForm } from './follow-form.tsx';
import './code-part.css';

export interface CodePartProps {
  readonly endpoint: DeployedFunction;
  readonly found: LookedUp<FunctionDetail | null>;
}

export function CodePart({ endpoint: { name, target }, found }: CodePartProps) {
  const isFollowing = usePage((page) => page.followed.some((one) => one.name === name));
  if (target !== null) return <a href={hashOf('functions', target)}>{words.alias(target)}</a>;
  if (found.kind === 'waiting') return <p className="soft">{words.loading}</p>;
  if (found.kind === 'failed') return <p className="soft">{found.why}</p>;
  const source = found.value?.source ?? null;
  const current = found.value?.versions.find(({ version }) => version === found.value?.endpoint.version);
  return (
    <>
      {source === null ? <p className="soft">{words.noSource}</p> : <Source source={source} />}
      {!isFollowing && <FollowForm name={name} functionName={current?.functionName ?? name} />}
    </>
  );
}

function Source({ source }: { readonly source: string }) {
  const copy = useCopy();
  const pieces = usePythonPieces(source);
  return (
    <div className="function__code">
      <ScriptLines label={words.parts.code} text={source.trimEnd()} marked={null} note={null} pieces={pieces} />
      <div className="function__copy">
        <CopyButton label={words.copyCode} onCopy={() => copy(source)} isIconOnly />
      </div>
    </div>
  );
}
