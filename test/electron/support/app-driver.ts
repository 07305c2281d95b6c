// What a journey can do with the app and see of it, whichever Electron is underneath. Must not know either.

/** An item of a menu, as it is shown. */
export interface MenuLook {
  readonly label: string;
  readonly isEnabled: boolean;
  /** Null for what is no check mark. */
  readonly isChecked: boolean | null;
  readonly items: readonly MenuLook[];
}

export interface TrayLook {
  /** The name of the picture's file. */
  readonly picture: string;
  readonly tooltip: string;
  /** Without the lines between. */
  readonly menu: readonly MenuLook[];
}

export interface WindowLook {
  readonly isVisible: boolean;
  readonly isMinimized: boolean;
  readonly url: string;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** A box of the system that waits for an answer. */
export interface QuestionLook {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

export interface PageDriver {
  /** All text that is shown. */
  text(): Promise<string>;
  /** Presses the button, link or tab of this name. Rejects when there is none in sight. */
  press(name: string): Promise<void>;
  /** Types a value into the field of this name and leaves it. */
  fill(name: string, value: string): Promise<void>;
  /** The names of all buttons, links and tabs in sight. */
  buttons(): Promise<readonly string[]>;
  /** The value of an expression in the page's own world. */
  evaluate(expression: string): Promise<unknown>;
}

export interface AppDriver {
  /** Null when there is no icon in the tray. */
  tray(): Promise<TrayLook | null>;
  /** Clicks an item of the tray's menu, by the labels on the way to it. */
  choose(...labels: readonly string[]): Promise<void>;
  clickTray(): Promise<void>;
  /** Null when there is no window. */
  window(): Promise<WindowLook | null>;
  /** The user closes the window. */
  closeWindow(): Promise<void>;
  readonly page: PageDriver;
  /** The page's process is killed. */
  crashPage(): Promise<void>;
  question(): Promise<QuestionLook | null>;
  /** Presses a button of the box that waits. */
  answer(button: string): Promise<void>;
  clipboard(): Promise<string>;
  /** Folders and addresses that were opened outside. */
  opened(): Promise<readonly string[]>;
  /** The computer wakes up from sleep. */
  wake(): Promise<void>;
  /** Starts the program once more with the same data; resolves with the exit code. */
  startAgain(args: readonly string[]): Promise<number | null>;
  /** Resolves with the exit code when the program has ended. */
  readonly ended: Promise<number | null>;
  /** Ends it whatever it does. */
  kill(): Promise<void>;
  readonly dataDir: string;
  /** Everything that was written to standard output and error. */
  output(): string;
}

export interface AppOptions {
  /** Made by the caller and used as it is. */
  readonly dataDir: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export type StartApp = (options: AppOptions) => Promise<AppDriver>;
