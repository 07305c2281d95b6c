// Event stream of the console: opens it, notices within seconds when the program falls silent, and opens it again. Must
// not know what the events mean.

/** `up`: the program answers. `lost`: it does not. `stranger`: it answers, but does not know this browser. */
export type Link = 'up' | 'lost' | 'stranger';

/** What the stream needs of the browser. */
export interface StreamConnection {
  readonly openEvents: () => EventSource;
  /** Asks the program whether it knows this browser. Never rejects. */
  readonly look: () => Promise<Link>;
  /** Loads the page again, as another program needs its own page. */
  readonly reload: () => void;
  /** Whether somebody can see the page. */
  readonly isSeen: () => boolean;
  /** @returns a function that stops listening */
  readonly onSeen: (listener: () => void) => () => void;
}

export interface StreamListener {
  readonly event: (text: string) => void;
  readonly link: (link: Link) => void;
}

// The console beats once a second (src-main/console/console.ts).
const SILENCE_MS = 2_500;
const TRY_AGAIN_MS = 1_000;

/** Follows the stream until it is stopped. Its timers rest while nobody can see the page. */
export function followEvents(connection: StreamConnection, tell: StreamListener): () => void {
  let stream: EventSource | null = null;
  let program: string | null = null;
  let link: Link = 'up';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLooking = false;
  let isOver = false;

  const become = (next: Link): void => {
    if (next === link) return;
    link = next;
    tell.link(next);
  };
  const later = (ms: number, work: () => void): void => {
    clearTimeout(timer);
    timer = connection.isSeen() ? setTimeout(work, ms) : undefined;
  };
  const heard = (): void =>
    later(SILENCE_MS, () => {
      become('lost');
      lose();
    });
  const open = (): void => {
    const opened = connection.openEvents();
    stream = opened;
    opened.addEventListener('program', ({ data }: MessageEvent<string>) => {
      if (program !== null && program !== data) {
        connection.reload();
        return;
      }
      program = data;
      heard();
      become('up');
    });
    opened.addEventListener('beat', heard);
    opened.addEventListener('message', ({ data }: MessageEvent<string>) => {
      heard();
      tell.event(data);
    });
    opened.addEventListener('error', () => {
      if (stream === opened) lose();
    });
    heard();
  };
  const lose = (): void => {
    stream?.close();
    stream = null;
    void tryAgain();
  };
  const tryAgain = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    const found = await connection.look();
    isLooking = false;
    if (isOver || stream !== null) return;
    // It is up again only when its stream says so.
    become(found === 'up' ? 'lost' : found);
    if (found === 'up') open();
    else later(TRY_AGAIN_MS, () => void tryAgain());
  };

  open();
  const stopWatching = connection.onSeen(() => {
    if (stream === null) void tryAgain();
    else heard();
  });
  return () => {
    isOver = true;
    stopWatching();
    clearTimeout(timer);
    stream?.close();
  };
}
