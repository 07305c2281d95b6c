// Types of an import from TabPy: what is imported, and the result.

export interface TabpyImportOptions {
  /** TabPy's folder, its state.ini or its configuration file, as a full path; null: where TabPy usually is. */
  readonly place: string | null;
  /** Only reports what would happen. */
  readonly isDryRun: boolean;
  /** Whether functions of the same name may get new versions. */
  readonly override: boolean;
}

/** `taken`: imported (or would be). `kept`: the present function or value stays. `failed`: it cannot be imported. */
export type TabpyImportOutcome = 'taken' | 'kept' | 'failed';

export interface TakenFunction {
  readonly name: string;
  readonly type: 'model' | 'alias';
  /** TabPy's name. */
  readonly version: number;
  readonly outcome: TabpyImportOutcome;
  /** How it was imported, or why not and what to do; a sentence or two. */
  readonly text: string;
}

export interface TakenSetting {
  /** The setting's label, such as `Port`. */
  readonly label: string;
  readonly value: string;
  readonly outcome: TabpyImportOutcome;
  readonly text: string;
}

export interface TabpyImportReport {
  /** The folder where TabPy keeps its state. */
  readonly stateFolder: string;
  readonly configFile: string | null;
  /** The Python that this TabPy runs in, which can be added as an environment; null: it is not known. */
  readonly python: string | null;
  readonly isDryRun: boolean;
  readonly functions: readonly TakenFunction[];
  readonly settings: readonly TakenSetting[];
  /** What is different here, or was deliberately not imported. */
  readonly remarks: readonly string[];
  /** Everything was imported. */
  readonly isComplete: boolean;
}
