// Begins a new function in the editor.

import { Button } from '../../components/button.tsx';
import { beginSample } from './editor/sample-draft.ts';
import { useBegin } from '../../store/use-authoring.ts';
import { STRINGS } from '../../words.ts';

export function NewButton() {
  const begin = useBegin();
  return (
    <Button look="main" icon="add" onPress={() => void beginSample('blank').then(begin)}>
      {STRINGS.functions.create}
    </Button>
  );
}
