// What the program must tell once, such as a settings file that was damaged, until it is dismissed.

import { Banner } from '../../components/banner.tsx';
import { IconButton } from '../../components/button.tsx';
import { usePage, useProgram } from '../../store/use-page.ts';
import { STRINGS } from '../../words.ts';

export function Notices() {
  const { calls, store } = useProgram();
  const notices = usePage((page) => page.notices);
  if (notices.length === 0) return null;
  return (
    <section className="home__wide notices" aria-label={STRINGS.home.notices}>
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
    </section>
  );
}
