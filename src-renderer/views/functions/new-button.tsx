// Begins a new function in the editor.

import { Button } from '../../components/button.tsx';
import { beginSample } from '../../state/sample-draft.ts';
import { useBegin } from '../../state/use-desk.ts';
import { STRINGS } from '../../strings.ts';

export function NewButton() {
  const begin = useBegin();
  return (
    <Button look="main" icon="add" onPress={() => void beginSample('blank').then(begin)}>
      {STRINGS.functions.create}
    </Button>
  );
}
