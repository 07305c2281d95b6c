// Notices of the program, such as a damaged settings file, shown until they are dismissed.

import { Banner } from '../../components/banner.tsx';
import { IconButton } from '../../components/button.tsx';
import { usePage, useProgram } from '../../store/use-page.ts';
import { WORDS } from '../../text/words.ts';
import { HOME_WORDS } from './words.ts';

export function Notices() {
  const { calls, store } = useProgram();
  const notices = usePage((page) => page.notices);
  if (notices.length === 0) return null;
  return (
    <section className="home__wide notices" aria-label={HOME_WORDS.notices}>
      {notices.map((notice) => (
        <Banner
          key={notice.id}
          tone={notice.level}
          actions={
            <IconButton
              icon="close"
              label={WORDS.dismiss}
              onPress={() => void store.attempt(calls.dismissNotice(notice.id))}
            />
          }
        >
          {notice.text}
        </Banner>
      ))}
    </section>
  );
}
