// What the user should look at: notices of the program, and functions that could not be loaded. Nothing while there is nothing.

import { Banner } from '../../components/banner.tsx';
import { IconButton } from '../../components/button.tsx';
import { hashOf } from '../../state/route.ts';
import { usePage, useProgram } from '../../state/use-page.ts';
import { STRINGS } from '../../strings.ts';

export function AttentionCard() {
  const { calls, store } = useProgram();
  const notices = usePage((page) => page.notices);
  const functions = usePage((page) => page.functions);
  const failed = functions.filter((one) => one.status === 'LoadFailed');
  if (notices.length === 0 && failed.length === 0) return null;
  return (
    <section className="home__wide attention" aria-label={STRINGS.home.attention}>
      {notices.map((notice) => (
        <Banner
          key={notice.id}
          tone={notice.level}
          actions={
            <IconButton
              icon="close"
              label={STRINGS.dismiss}
              onPress={() => void store.attempt(calls.dismissNotice(notice.id))}
            />
          }
        >
          {notice.text}
        </Banner>
      ))}
      {failed.map(({ name, lastError }) => (
        <Banner key={name} tone="error" actions={<a href={hashOf('functions', name)}>{STRINGS.home.showMe}</a>}>
          <p>{STRINGS.home.functionFailed(name)}</p>
          {lastError && <p className="soft">{lastError}</p>}
        </Banner>
      ))}
    </section>
  );
}
