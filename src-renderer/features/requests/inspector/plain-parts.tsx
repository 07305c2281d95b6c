// Parts of a request that are shown unchanged: printed text, headers, bodies. All of it is shown as text.

import type { KeptBody, RequestDetail } from '../../../../src-shared/request-record.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { useCopy } from '../../../store/use-copy.ts';
import { usePage, useServerUrl } from '../../../store/use-page.ts';
import { curlOf, pythonOf } from './request-code.ts';
import { count } from '../../../text/figures.ts';
import { INSPECTOR_WORDS as words } from './words.ts';

// A browser needs seconds to lay out a line of a megabyte.
const MOST_SHOWN = 100_000;

export function Prints({ detail }: { readonly detail: RequestDetail }) {
  const { prints, printsDropped } = detail;
  return (
    <>
      <pre className="inspector__text" tabIndex={0} role="region" aria-label={words.parts.prints}>
        {prints}
      </pre>
      {printsDropped > 0 && <p className="small faint">{words.printsDropped(count(printsDropped))}</p>}
    </>
  );
}

export function HeaderFacts({ headers }: { readonly headers: RequestDetail['headers'] }) {
  if (headers === null) return <p className="soft">{words.notKept}</p>;
  return <Facts facts={Object.entries(headers).map(([name, value]) => ({ name, value }))} />;
}

export function BodyTexts({ detail }: { readonly detail: RequestDetail }) {
  return (
    <div className="inspector__raw">
      <CopyCode detail={detail} />
      <div className="inspector__grids">
        <Body title={words.requestBody} body={detail.request} />
        <Body title={words.answerBody} body={detail.response} />
      </div>
    </div>
  );
}

/** Copies the request as text that sends it from elsewhere. */
function CopyCode({ detail: { record, request } }: { readonly detail: RequestDetail }) {
  const platform = usePage((page) => page.program.platform);
  const url = useServerUrl();
  const copy = useCopy();
  if (request.kind !== 'kept' && request.kind !== 'head') return null;
  const { text } = request;
  return (
    <div className="inspector__buttons">
      <CopyButton label={words.copyCurl} onCopy={() => copy(curlOf(url, record, text, platform))} />
      <CopyButton label={words.copyPython} onCopy={() => copy(pythonOf(url, record, text))} />
    </div>
  );
}

function Body({ title, body }: { readonly title: string; readonly body: KeptBody }) {
  return (
    <section className="inspector__grid">
      <h3>{title}</h3>
      {body.kind === 'head' && <p className="small faint">{words.headOnly}</p>}
      {body.kind === 'kept' || body.kind === 'head' ? (
        <pre className="inspector__text" tabIndex={0} role="region" aria-label={title}>
          {body.text === '' ? words.emptyBody : body.text.slice(0, MOST_SHOWN)}
          {body.text.length > MOST_SHOWN && `\n${words.cut(count(body.text.length - MOST_SHOWN))}`}
        </pre>
      ) : (
        <p className="soft">{body.kind === 'too-large' ? words.tooLarge : words.notKept}</p>
      )}
    </section>
  );
}
