// Parts of a request that are shown unchanged: printed text, headers, bodies. All of it is shown as text.

import type { KeptBody, RequestDetail } from '../../../../src-shared/request-record.ts';
import { Facts } from '../../../components/facts.tsx';
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
    <div className="inspector__grids">
      <Body title={words.requestBody} body={detail.request} />
      <Body title={words.answerBody} body={detail.response} />
    </div>
  );
}

function Body({ title, body }: { readonly title: string; readonly body: KeptBody }) {
  return (
    <section className="inspector__grid">
      <h3>{title}</h3>
      {body.kind === 'kept' ? (
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
