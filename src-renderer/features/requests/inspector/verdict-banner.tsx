// What became of a request, at the top of its details: the reason in plain words, then what Python said.

import type { RequestDetail, RequestRecord } from '../../../../src-shared/request-record.ts';
import { Banner } from '../../../components/banner.tsx';
import { hintsOf } from '../../../store/inspection.ts';
import { AddPackage } from './missing-package.tsx';
import { INSPECTOR_WORDS as words } from './words.ts';

export interface VerdictBannerProps {
  readonly record: RequestRecord;
  /** Null until the program answered. */
  readonly error: RequestDetail['error'];
}

export function VerdictBanner({ record, error }: VerdictBannerProps) {
  const { verdict, reason } = record;
  return (
    <>
      {verdict !== 'ok' && verdict !== 'rejected' && (
        <Banner
          tone={verdict === 'stopped' ? 'warn' : 'error'}
          actions={error?.missing !== undefined && <AddPackage module={error.missing} />}
        >
          {reason ?? words.failedWith(record.status)}
          <Original record={record} error={error} />
        </Banner>
      )}
      {hintsOf(record).map(({ tone, text }) => (
        <Banner key={text} tone={tone}>
          {tone === 'error' ? <b>{words.rejected} </b> : null}
          {text}
        </Banner>
      ))}
    </>
  );
}

/** What Python or the server said, where the reason is in other words. */
function Original({ record, error }: VerdictBannerProps) {
  const { failure, reason, line } = record;
  const said = error === null ? failure : `${error.type}: ${error.text}`;
  // TabPy's message alone says nothing that the verdict does not.
  const isSame =
    error === null
      ? failure === reason || /^Error (?:processing script|querying function)/.test(failure ?? '')
      : error.cause === undefined;
  const place = line === null ? null : words.line(line);
  if (isSame || said === null) return place === null ? null : <span className="inspector__said">{place}</span>;
  return (
    <span className="inspector__said">
      {error === null ? words.answered : words.pythonSaid} <span className="code">{said}</span>
      {place !== null && ` · ${place}`}
    </span>
  );
}
