// What to do after the first calculation worked.

import { hashOf } from '../../store/route.ts';
import { CONNECT_WORDS as words } from './words.ts';

/** `request`: the number of the calculation that worked. */
export function NextSteps({ request }: { readonly request: number }) {
  return (
    <section className="guide__next" aria-label={words.worksTitle}>
      <h2>{words.worksTitle}</h2>
      <ul>
        <li>
          <a href={hashOf('requests', String(request))}>{words.nextRequest}</a> {words.nextRequestText}
        </li>
        <li>
          <a href={hashOf('functions')}>{words.nextFunction}</a> {words.nextFunctionText}
        </li>
        <li>
          <a href={hashOf('packages')}>{words.nextPackages}</a> {words.nextPackagesText}
        </li>
      </ul>
    </section>
  );
}
