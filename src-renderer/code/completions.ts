// Completion: the names that the editor offers while Python is written. Must not know who proposes them.

import { autocompletion } from '@codemirror/autocomplete';
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import type { Completion } from '../../src-shared/function-detail.ts';

/** Returns the names that can stand at an offset of the text. */
export type Complete = (source: string, offset: number) => Promise<readonly Completion[]>;

export function completions(complete: () => Complete): Extension {
  const propose = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[\w.]+/);
    if (word === null && !context.explicit) return null;
    const proposals = await complete()(context.state.doc.toString(), context.pos);
    if (proposals.length === 0) return null;
    const from = context.matchBefore(/\w+/)?.from ?? context.pos;
    return {
      from,
      // CodeMirror calls modules namespaces.
      options: proposals.map(({ label, kind, about }) => ({
        label,
        type: kind === 'module' ? 'namespace' : kind,
        detail: about.slice(0, 60),
      })),
      validFor: /^\w*$/,
    };
  };
  return autocompletion({ override: [propose], icons: true });
}
