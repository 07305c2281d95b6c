// Wrapped lines of the editor go on below the beginning of their text, not below the margin. Must not know what is
// written. The indents are classes, because the page's policy refuses styles in attributes.

import { RangeSetBuilder } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, ViewUpdate } from '@codemirror/view';
import { indentOf, MOST_INDENT } from '../components/indent.ts';

const LINES = Array.from({ length: MOST_INDENT + 1 }, (_, columns) =>
  Decoration.line({ class: `cm-indent-${columns}` }),
);

export function hangingIndent(): Extension {
  return [
    EditorView.baseTheme(
      Object.fromEntries(
        LINES.map((_, columns) => [
          `.cm-line.cm-indent-${columns}`,
          { paddingLeft: `calc(var(--space-2) + ${columns}ch)`, textIndent: `-${columns}ch` },
        ]),
      ),
    ),
    ViewPlugin.define(
      (view) => ({
        decorations: decorated(view),
        update(update: ViewUpdate) {
          if (update.docChanged || update.viewportChanged) this.decorations = decorated(update.view);
        },
      }),
      { decorations: (plugin) => plugin.decorations },
    ),
  ];
}

/** The lines that are drawn now. */
function decorated(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let done = -1;
  for (const { from, to } of view.visibleRanges) {
    // A very long line is drawn in several ranges.
    for (let at = Math.max(from, done + 1); at <= to;) {
      const line = view.state.doc.lineAt(at);
      const decoration = LINES[indentOf(line.text)];
      if (decoration) builder.add(line.from, line.from, decoration);
      done = line.to;
      at = done + 1;
    }
  }
  return builder.finish();
}
