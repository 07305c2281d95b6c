// What is taken over from a TabPy that was used before, and what came of it. Knows no files.

export interface TabpyImportOptions {
  /** TabPy's folder, its state.ini or its configuration file, as a full path; null: where TabPy usually is. */
  readonly place: string | null;
  /** Only tells what would happen. */
  readonly isDryRun: boolean;
  /** May functions of the same name be replaced by new versions? */
  readonly override: boolean;
}

/** `taken`: it is here now (or would be). `kept`: what is here stays as it is. `failed`: it cannot be taken. */
export type TabpyImportOutcome = 'taken' | 'kept' | 'failed';

export interface TakenFunction {
  readonly name: string;
  readonly type: 'model' | 'alias';
  /** TabPy's. */
  readonly version: number;
  readonly outcome: TabpyImportOutcome;
  /** How, or why not and what to do; a sentence or two. */
  readonly text: string;
}

export interface TakenSetting {
  /** As people know it, such as `Port`. */
  readonly label: string;
  readonly value: string;
  readonly outcome: TabpyImportOutcome;
  readonly text: string;
}

export interface TabpyImportReport {
  /** Where TabPy keeps its state. */
  readonly stateFolder: string;
  readonly configFile: string | null;
  readonly isDryRun: boolean;
  readonly functions: readonly TakenFunction[];
  readonly settings: readonly TakenSetting[];
  /** What is different here, or was not taken on purpose. */
  readonly remarks: readonly string[];
  /** Everything was taken. */
  readonly isComplete: boolean;
}
