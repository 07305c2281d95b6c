// Versions of a function: when each was deployed and with which libraries; compare, roll back, remove.

import { useState } from 'react';
import type { DeployedFunction } from '../../../../src-shared/function.ts';
import type { FunctionDetail, FunctionVersion } from '../../../../src-shared/function-detail.ts';
import { Badge } from '../../../components/badge.tsx';
import { Button, IconButton } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { count, moment } from '../../../text/figures.ts';
import type { LookedUp } from '../use-function-detail.ts';
import { useProgram } from '../../../store/use-page.ts';
import { FUNCTION_WORDS } from '../words.ts';
import { VERSION_WORDS as words } from './words.ts';
import { VersionComparison } from './version-comparison.tsx';
import '../../../components/plain-table.css';
import './versions-part.css';

export interface VersionsPartProps {
  readonly endpoint: DeployedFunction;
  readonly found: LookedUp<FunctionDetail | null>;
}

export function VersionsPart({ endpoint, found }: VersionsPartProps) {
  const [removing, setRemoving] = useState<number | null>(null);
  const { calls, store } = useProgram();
  if (found.kind === 'waiting') return <p className="soft">{FUNCTION_WORDS.loading}</p>;
  if (found.kind === 'failed') return <p className="soft">{found.why}</p>;
  const versions = found.value?.versions ?? [];
  const remove = async (version: number): Promise<void> => {
    if (await store.attempt(calls.removeVersion(endpoint.name, version).then(found.again))) {
      store.announce(words.removed(version));
    }
  };
  return (
    <>
      <VersionTable endpoint={endpoint} versions={versions} onRemove={setRemoving} />
      {versions.length > 1 ? (
        <VersionComparison endpoint={endpoint} versions={versions} />
      ) : (
        <p className="soft">{words.single}</p>
      )}
      <ConfirmDialog
        isOpen={removing !== null}
        title={words.removeTitle(removing ?? 0)}
        text={words.removeText}
        confirmLabel={FUNCTION_WORDS.removeNow}
        cancelLabel={FUNCTION_WORDS.keep}
        onConfirm={() => {
          if (removing !== null) void remove(removing);
        }}
        onClose={() => setRemoving(null)}
      />
    </>
  );
}

interface VersionTableProps {
  readonly endpoint: DeployedFunction;
  readonly versions: readonly FunctionVersion[];
  readonly onRemove: (version: number) => void;
}

function VersionTable({ endpoint, versions, onRemove }: VersionTableProps) {
  const { calls, store } = useProgram();
  const now = Date.now();
  const rollBack = async (version: number): Promise<void> => {
    let next = endpoint.version;
    const rolling = calls.rollBack(endpoint.name, version).then((after) => {
      next = after.version;
    });
    if (await store.attempt(rolling)) store.announce(words.rolledBack(endpoint.name, version, next));
  };
  return (
    <div className="function__versions" role="region" aria-label={words.list} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            {words.columns.map((column) => (
              <th key={column} scope="col">
                {column === '' ? <span className="unseen">{words.actions}</span> : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {versions.map(({ version, deployedAt, deployedBy, python, libraries, notes }) => (
            <tr key={version}>
              <th scope="row" className="figure">
                {count(version)}
              </th>
              <td className="function__version-when">
                <p className="figure">{moment(deployedAt * 1000, now)}</p>
                <p className="small soft">{deployedBy ?? words.unknown}</p>
              </td>
              <td>
                <p className="figure">{python ?? <span className="faint">{words.unknown}</span>}</p>
                <p className="small soft">{librariesText(libraries)}</p>
                {notes.map((note) => (
                  <p key={note} className="function__note small">
                    ▲ {note}
                  </p>
                ))}
              </td>
              <td>
                <span className="function__version-buttons">
                  {version === endpoint.version ? (
                    <Badge tone="good">{words.current}</Badge>
                  ) : (
                    <>
                      <Button icon="undo" aria-label={words.rollBackTo(version)} onPress={() => void rollBack(version)}>
                        {words.rollBack}
                      </Button>
                      <IconButton icon="remove" label={words.remove(version)} onPress={() => onRemove(version)} />
                    </>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function librariesText(libraries: FunctionVersion['libraries']): string {
  return Object.entries(libraries)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
