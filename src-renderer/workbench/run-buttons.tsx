// Run and Stop side by side. Both stay where they are, so that nothing moves when a run begins.

import { Button } from '../components/button.tsx';
import { TRIAL_WORDS as words } from './words.ts';

export interface RunButtonsProps {
  readonly isRunning: boolean;
  /** There is nothing to run. */
  readonly isDisabled: boolean;
  readonly onRun: () => void;
  readonly onStop: () => void;
}

export function RunButtons({ isRunning, isDisabled, onRun, onStop }: RunButtonsProps) {
  return (
    <>
      {/* Not disabled while it runs: the focus would be lost. A second press does nothing. */}
      <Button
        look="main"
        icon="play"
        isDisabled={isDisabled}
        aria-description={words.runHelp}
        onPress={() => !isRunning && onRun()}
      >
        {words.run}
      </Button>
      <Button icon="stop" aria-label={words.stopHelp} isDisabled={!isRunning} onPress={onStop}>
        {words.stop}
      </Button>
    </>
  );
}
