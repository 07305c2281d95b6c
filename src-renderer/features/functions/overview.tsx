// Overview of a function: its description and parameters, when it was deployed, how often it was called, why it failed.

import { NO_DOCSTRING } from '../../../src-shared/function.ts';
import type { DeployedFunction } from '../../../src-shared/function.ts';
import type { FollowedFile, FunctionDetail, FunctionFigures, Parameter } from '../../../src-shared/function-detail.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { count, duration, moment } from '../../text/figures.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { PARAMETER_WORDS } from '../../workbench/words.ts';
import { FUNCTION_WORDS as words } from './words.ts';
import '../../components/plain-table.css';
import './overview.css';

export interface OverviewProps {
  readonly endpoint: DeployedFunction;
  readonly detail: FunctionDetail | null;
}

export function Overview({ endpoint, detail }: OverviewProps) {
  const figures = usePage((page) => page.figures[endpoint.name] ?? null);
  const followed = usePage((page) => page.followed.find(({ name }) => name === endpoint.name) ?? null);
  const { description, docstring, lastError, version } = endpoint;
  const parameters = detail?.parameters ?? null;
  const notes = detail?.versions.find((one) => one.version === version)?.notes ?? [];
  return (
    <>
      {lastError && <Banner tone="error">{lastError}</Banner>}
      {notes.map((note) => (
        <Banner key={note} tone="warn">
          {note}
        </Banner>
      ))}
      {followed && <Followed file={followed} />}
      {description && <p className="function__description">{description}</p>}
      {docstring && docstring !== NO_DOCSTRING && <pre className="function__docstring">{docstring}</pre>}
      <Facts facts={factsOf(endpoint, figures)} isWide />
      {/* At the end, because it is loaded last: nothing else moves when it appears. */}
      {parameters && <Parameters parameters={parameters} />}
    </>
  );
}

/** The followed file, and why its latest content is not deployed. */
function Followed({ file }: { readonly file: FollowedFile }) {
  const { calls, store } = useProgram();
  const stop = async (): Promise<void> => {
    if (await store.attempt(calls.unfollowFile(file.name))) store.announce(words.unfollowed(file.name));
  };
  return (
    <Banner
      tone={file.problem === null ? 'info' : 'error'}
      actions={<Button onPress={() => void stop()}>{words.unfollow}</Button>}
    >
      {words.follows(file.path)} {file.problem !== null && <b>{file.problem}</b>}
    </Banner>
  );
}

function Parameters({ parameters }: { readonly parameters: readonly Parameter[] }) {
  if (parameters.length === 0) return <p className="soft">{PARAMETER_WORDS.none}</p>;
  const [name, type, about] = words.parameterColumns;
  return (
    <table className="plain-table" aria-label={words.parameters}>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col">{type}</th>
          <th scope="col">{about}</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map((parameter) => (
          <tr key={parameter.name}>
            <th scope="row" className="code">
              {parameter.name}
            </th>
            <td>
              {PARAMETER_WORDS.types[parameter.type]}
              {!parameter.isRequired && <span className="faint">, {PARAMETER_WORDS.optional}</span>}
            </td>
            <td className="soft">{parameter.about || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function factsOf(endpoint: DeployedFunction, figures: FunctionFigures | null) {
  const { isPublic, creationTime, lastModifiedTime, target, dependencies } = endpoint;
  const now = Date.now();
  return [
    ...(target === null ? [] : [{ name: words.kind, value: words.alias(target) }]),
    { name: words.visibility, value: <span title={words.publicHelp}>{isPublic ? words.public : words.private}</span> },
    { name: words.created, value: moment(creationTime * 1000, now) },
    { name: words.modified, value: moment(lastModifiedTime * 1000, now) },
    ...(dependencies.length > 0 ? [{ name: words.dependencies, value: dependencies.join(', ') }] : []),
    ...(figures === null
      ? [{ name: words.calls, value: words.noCalls }]
      : [
          { name: words.calls, value: words.callsOf(count(figures.calls), figures.errors) },
          { name: words.columns.p95, value: duration(figures.p95Ms) },
          { name: words.lastCall, value: moment(figures.lastAt, now) },
        ]),
  ];
}
