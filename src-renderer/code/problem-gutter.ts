// Marks beside the lines that have a problem: told apart by shape first, by colour second. Must not know where problems
// come from.

import { forEachDiagnostic, setDiagnosticsEffect } from '@codemirror/lint';
import { RangeSet, StateField } from '@codemirror/state';
import type { EditorState, Extension } from '@codemirror/state';
import { gutter, GutterMarker } from '@codemirror/view';

type Severity = 'error' | 'warning';

export function problemGutter(): Extension {
  const marks = StateField.define<RangeSet<GutterMarker>>({
    create: () => RangeSet.empty,
    update: (before, transaction) =>
      transaction.effects.some((effect) => effect.is(setDiagnosticsEffect))
        ? marksIn(transaction.state)
        : before.map(transaction.changes),
  });
  return [
    marks,
    gutter({ class: 'cm-problems', markers: (view) => view.state.field(marks), initialSpacer: () => SPACE }),
  ];
}

/** One mark for each line: that of an error, if the line has errors and warnings. */
function marksIn(state: EditorState): RangeSet<GutterMarker> {
  const lines = new Map<number, { severity: Severity; texts: string[] }>();
  forEachDiagnostic(state, ({ severity, message }, from) => {
    const start = state.doc.lineAt(from).from;
    const known = lines.get(start) ?? { severity: 'warning', texts: [] };
    lines.set(start, {
      severity: severity === 'error' ? 'error' : known.severity,
      texts: [...known.texts, message],
    });
  });
  return RangeSet.of(
    [...lines].map(([from, { severity, texts }]) => new ProblemMark(severity, texts.join('\n')).range(from)),
    true,
  );
}

class ProblemMark extends GutterMarker {
  readonly severity: Severity;
  readonly text: string;

  constructor(severity: Severity, text: string) {
    super();
    this.severity = severity;
    this.text = text;
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof ProblemMark && other.severity === this.severity && other.text === this.text;
  }

  override toDOM(): Node {
    const mark = document.createElement('span');
    mark.className = `cm-problem-${this.severity}`;
    mark.textContent = this.severity === 'error' ? '▲' : '△';
    mark.title = this.text;
    return mark;
  }
}

/** Always as wide as with marks, so that nothing moves when the first problem is found. */
const SPACE = new (class extends GutterMarker {})();
