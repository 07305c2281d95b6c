// Functions screen: the list, one function or the editor, as the address says.

import { lazy, Suspense } from 'react';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { goTo } from '../../store/route.ts';
import { EDITOR } from '../../store/use-authoring.ts';
import { usePage } from '../../store/use-page.ts';
import { FUNCTION_WORDS as words } from './words.ts';
import { FunctionDetail } from './function-detail.tsx';
import { FunctionList } from './function-list.tsx';

/** Loaded only when it is opened: it is larger than the rest of the page, and only authors need it. */
const EditorScreen = lazy(() => import('./editor/editor-screen.tsx').then((it) => ({ default: it.EditorScreen })));

export function FunctionsScreen({ name }: { readonly name: string | null }) {
  const functions = usePage((page) => page.functions);
  if (name === null) return <FunctionList />;
  if (name === EDITOR) {
    return (
      <Suspense fallback={<p className="functions__loading soft">{words.loading}</p>}>
        <EditorScreen />
      </Suspense>
    );
  }
  const chosen = functions.find((one) => one.name === name);
  if (chosen) return <FunctionDetail key={chosen.name} endpoint={chosen} />;
  return (
    <EmptyState icon="functions" title={words.gone(name)}>
      <Button onPress={() => goTo('functions')}>{words.back}</Button>
    </EmptyState>
  );
}
