// Sends events to pages: states at once, requests and log entries in batches.

import type { Notice, PageEvent } from '../../src-shared/ipc.ts';
import type { FunctionFigures } from '../../src-shared/function-detail.ts';
import type { DeployedFunction } from '../../src-shared/function.ts';
import type { EnvironmentsState } from '../../src-shared/environment.ts';
import type { LogEntry } from '../../src-shared/log-entry.ts';
import type { PackagesState } from '../../src-shared/package.ts';
import type { RequestFacts, RequestRecord } from '../../src-shared/request-record.ts';
import { isFromTableau, NO_PROGRESS, progressAfter } from '../../src-shared/tableau-progress.ts';
import type { TableauProgress } from '../../src-shared/tableau-progress.ts';
import type { CallFacts } from '../../src-shared/verdict.ts';
import type { ProgramInfo } from '../../src-shared/ipc.ts';
import type { Recent } from '../activity/recent.ts';
import type { Heads } from '../activity/kept-bodies.ts';
import type { LiveRequests } from '../activity/live-requests.ts';
import type { Recorder, RequestContent } from '../activity/recorder.ts';

export interface PageEvents {
  /** Sends a page all later events. @returns a function that stops it */
  onEvent(listener: (event: PageEvent) => void): () => void;
  /** The tray and the menus open a screen through it. */
  show(screen: Extract<PageEvent, { name: 'show' }>['value']): void;
  notice(notice: Notice): void;
  notices(): readonly Notice[];
  /** The unsaved text in the window; null: nothing is unsaved. */
  draft(): string | null;
  /** What Tableau did since the program started. */
  tableau(): TableauProgress;
  readonly noteRequest: (record: RequestFacts, content: RequestContent) => void;
  /** More became known of a request after its answer. */
  readonly noteAmended: (id: number, facts: CallFacts, heads: Heads | null) => void;
  /** A request arrived, began or ended. */
  readonly noteLive: () => void;
  readonly noteLog: (entry: LogEntry) => void;
  readonly noteFunctions: () => void;
  readonly noteProgram: () => void;
  readonly noteFollowed: () => void;
  /** A function was called. */
  readonly noteCall: (name: string) => void;
  readonly notePackages: (state: PackagesState) => void;
  readonly noteEnvironments: (state: EnvironmentsState) => void;
}

export interface PageEventsDeps {
  readonly functions: () => readonly DeployedFunction[];
  readonly figures: (names: Iterable<string>) => Readonly<Record<string, FunctionFigures>>;
  readonly followed: { list(): Extract<PageEvent, { name: 'followed' }>['value'] };
  readonly packages: { noteMissing(module: string, request: number): void };
  readonly requests: Pick<Recorder, 'note' | 'amend'>;
  readonly live: Pick<LiveRequests, 'list' | 'count'>;
  readonly logEntries: Pick<Recent<LogEntry>, 'add'>;
  readonly program: () => ProgramInfo;
  readonly notices: readonly Notice[];
}

/**
 * Requests and log entries go out together, ten times a second: a page that draws each alone cannot keep up with a
 * refresh.
 */
const BATCH_MS = 100;
const FIGURES_MS = 1_000;

export class BatchedEvents implements PageEvents {
  readonly #deps: PageEventsDeps;
  readonly #listeners = new Set<(event: PageEvent) => void>();
  readonly #requests = createBatch<RequestRecord>((value) => this.emit({ name: 'requests', value }));
  readonly #entries = createBatch<LogEntry>((value) => this.emit({ name: 'log', value }));
  readonly #called = createBatch<string>(
    (names) => this.emit({ name: 'figures', value: this.#deps.figures(new Set(names)) }),
    FIGURES_MS,
  );
  readonly #progress = createBatch<TableauProgress>(
    (all) => this.emit({ name: 'tableau', value: all.at(-1) ?? NO_PROGRESS }),
    FIGURES_MS,
  );
  #tableau = NO_PROGRESS;
  #notices: readonly Notice[];
  #draft: string | null = null;
  #liveTimer: NodeJS.Timeout | null = null;
  /** What pages were told last; null: a page may know something else. */
  #shownLive: string | null = null;

  constructor(deps: PageEventsDeps) {
    this.#deps = deps;
    this.#notices = deps.notices;
  }

  emit(event: PageEvent): void {
    for (const tell of this.#listeners) tell(event);
  }

  onEvent(listener: (event: PageEvent) => void): () => void {
    this.#listeners.add(listener);
    // A new page knows from its snapshot what runs; it must hear when that ends.
    this.#shownLive = null;
    if (this.#deps.live.count > 0) this.noteLive();
    return () => void this.#listeners.delete(listener);
  }

  show(value: Extract<PageEvent, { name: 'show' }>['value']): void {
    this.emit({ name: 'show', value });
  }

  notice(notice: Notice): void {
    this.setNotices([...this.#notices.filter((one) => one.id !== notice.id), notice]);
  }

  notices(): readonly Notice[] {
    return this.#notices;
  }

  setNotices(value: readonly Notice[]): void {
    this.#notices = value;
    this.emit({ name: 'notices', value });
  }

  draft(): string | null {
    return this.#draft;
  }

  tableau(): TableauProgress {
    return this.#tableau;
  }

  noteDraft(name: string | null): void {
    this.#draft = name;
  }

  readonly noteRequest = (about: RequestFacts, content: RequestContent): void => {
    this.#noteTableau(about, content);
    if (content.error?.missing !== undefined) this.#deps.packages.noteMissing(content.error.missing, about.id);
    const recordOf = this.#deps.requests.note(about, content);
    if (this.#listeners.size > 0) this.#requests.add(recordOf());
  };

  #noteTableau(about: RequestFacts, { headers }: RequestContent): void {
    const after = progressAfter(this.#tableau, about);
    if (after === this.#tableau || !isFromTableau(about.client, headers['user-agent'])) return;
    this.#tableau = after;
    if (this.#listeners.size > 0) this.#progress.add(after);
  }

  readonly noteAmended = (id: number, facts: CallFacts, heads: Heads | null): void => {
    const record = this.#deps.requests.amend(id, facts, heads);
    if (record !== null && this.#listeners.size > 0) this.#requests.add(record);
  };

  /**
   * Tells which requests run and wait, ten times a second while there are any; those that are answered within one
   * turn of it are not worth a row.
   */
  readonly noteLive = (): void => {
    if (this.#listeners.size === 0 || this.#liveTimer !== null) return;
    this.#liveTimer = setTimeout(() => {
      this.#liveTimer = null;
      const value = this.#deps.live.list(BATCH_MS);
      const shown = value.map(({ id, state }) => `${id} ${state}`).join();
      if (shown !== this.#shownLive) {
        this.#shownLive = shown;
        this.emit({ name: 'live', value });
      }
      if (this.#deps.live.count > 0) this.noteLive();
    }, BATCH_MS).unref();
  };

  readonly noteLog = (entry: LogEntry): void => {
    this.#deps.logEntries.add(entry);
    if (this.#listeners.size > 0) this.#entries.add(entry);
  };

  readonly noteFunctions = (): void => this.emit({ name: 'functions', value: this.#deps.functions() });

  readonly noteFollowed = (): void => this.emit({ name: 'followed', value: this.#deps.followed.list() });

  readonly noteCall = (name: string): void => {
    if (this.#listeners.size > 0) this.#called.add(name);
  };

  readonly notePackages = (value: PackagesState): void => this.emit({ name: 'packages', value });

  readonly noteEnvironments = (value: EnvironmentsState): void => this.emit({ name: 'environments', value });

  readonly noteProgram = (): void => this.emit({ name: 'program', value: this.#deps.program() });
}

function createBatch<Item>(send: (items: readonly Item[]) => void, everyMs = BATCH_MS): { add(item: Item): void } {
  let items: Item[] = [];
  return {
    add(item) {
      if (items.length === 0) {
        setTimeout(() => {
          const batch = items;
          items = [];
          send(batch);
        }, everyMs).unref();
      }
      items.push(item);
    },
  };
}
