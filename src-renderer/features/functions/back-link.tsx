// The way back to the list of functions.

import { Icon } from '../../components/icon.tsx';
import { hashOf } from '../../store/route.ts';
import { STRINGS } from '../../words.ts';

export function BackLink() {
  const { back } = STRINGS.functions;
  return (
    <a className="back-link" href={hashOf('functions')} aria-label={back} title={back}>
      <Icon name="back" />
    </a>
  );
}
