// Buttons that clear a list and undo it. Undo stands before Clear, so that nothing beside them moves. Must not know the
// list.

import { Button } from './button.tsx';

export interface ClearButtonsProps {
  readonly clearLabel: string;
  readonly undoLabel: string;
  /** Whether there is nothing to clear. */
  readonly isEmpty: boolean;
  readonly onClear: () => void;
  /** Null: there is nothing to undo. */
  readonly onUndo: (() => void) | null;
}

export function ClearButtons({ clearLabel, undoLabel, isEmpty, onClear, onUndo }: ClearButtonsProps) {
  return (
    <>
      {onUndo !== null && (
        <Button icon="undo" onPress={onUndo}>
          {undoLabel}
        </Button>
      )}
      {/* Not disabled by its own press: the focus would be lost. */}
      <Button icon="remove" isDisabled={isEmpty && onUndo === null} onPress={onClear}>
        {clearLabel}
      </Button>
    </>
  );
}
