// Editor of Python code: colours, brackets, completion, marked problems. Loaded only when it is opened, because it is
// larger than the rest of the page. It lives in a shadow root: there CodeMirror adds its styles through the CSSOM; in
// the document it would add a style element, which the page's policy refuses. Must not know what the Python is for.

import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import type { Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { SourceProblem } from '../../src-shared/function-detail.ts';
import { completions } from './completions.ts';
import type { Complete } from './completions.ts';
import { editorLook } from './editor-look.ts';
import { findAndReplace } from './find-and-replace.ts';
import { hangingIndent } from './hanging-indent.ts';
import { problemGutter } from './problem-gutter.ts';
import './code-editor.css';

export interface CodeEditorProps {
  readonly label: string;
  /** Read after the label: how to leave the editor with the keyboard. */
  readonly hint: string;
  /** A text that differs from the editor's replaces it, as one step that can be undone. */
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly problems: readonly SourceProblem[];
  readonly complete: Complete;
  readonly onFormat: () => void;
  /** A line to show: another object shows it again. */
  readonly shown: { readonly line: number } | null;
}

export function CodeEditor(props: CodeEditorProps) {
  const { label, hint, text, problems, shown } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const view = new EditorView({ parent: root, root, state: stateFor(latest, latest.current.text, { label, hint }) });
    editor.current = view;
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, [label, hint]);

  useEffect(() => {
    const view = editor.current;
    if (view === null || view.state.doc.toString() === text) return;
    view.dispatch({ changes: smallestChange(view.state.doc.toString(), text) });
  }, [text]);

  useEffect(() => {
    const view = editor.current;
    if (view === null) return;
    view.dispatch(setDiagnostics(view.state, diagnosticsOf(problems, view.state.doc)));
  }, [problems]);

  useEffect(() => {
    const view = editor.current;
    if (view === null || shown === null || shown.line > view.state.doc.lines) return;
    view.dispatch({ selection: { anchor: view.state.doc.line(shown.line).from }, scrollIntoView: true });
    view.focus();
  }, [shown]);

  return <div ref={host} className="code-editor" />;
}

function stateFor(
  latest: React.RefObject<CodeEditorProps>,
  text: string,
  words: Pick<CodeEditorProps, 'label' | 'hint'>,
): EditorState {
  const format = (): boolean => {
    latest.current.onFormat();
    return true;
  };
  return EditorState.create({
    doc: text,
    extensions: [
      problemGutter(),
      lineNumbers(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of('    '),
      EditorState.tabSize.of(4),
      bracketMatching(),
      // Long lines wrap, as all code on the page does: nobody should have to scroll sideways, above all at 200 %.
      EditorView.lineWrapping,
      hangingIndent(),
      closeBrackets(),
      python(),
      completions(() => latest.current.complete),
      keymap.of([
        // The key runs the code: the view around the editor hears it, and no line is added.
        { key: 'Mod-Enter', run: () => true },
        { key: 'Ctrl-Enter', run: () => true },
        { key: 'Shift-Alt-f', run: format },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...lintKeymap,
        ...historyKeymap,
        // Escape, then Tab, still leaves the editor.
        indentWithTab,
        ...defaultKeymap,
      ]),
      findAndReplace(),
      editorLook(),
      EditorView.contentAttributes.of({
        'aria-label': words.label,
        'aria-description': words.hint,
        // What can be edited can be focused anyway; this tells it to tools that look for it.
        tabindex: '0',
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) latest.current.onChange(update.state.doc.toString());
      }),
    ],
  });
}

/** The part that differs between two texts. Only that is replaced, so that the cursor stays. */
function smallestChange(before: string, after: string): { from: number; to: number; insert: string } {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - from;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

/** Problems belong to the text that was checked. The text may be shorter by now. */
function diagnosticsOf(problems: readonly SourceProblem[], doc: Text): Diagnostic[] {
  const offset = (line: number, column: number): number => {
    if (line > doc.lines) return doc.length;
    const { from, to } = doc.line(Math.max(1, line));
    return Math.min(from + Math.max(0, column - 1), to);
  };
  return problems.map(({ severity, text, line, column, endLine, endColumn }) => {
    const from = offset(line, column);
    return { from, to: Math.max(from, offset(endLine, endColumn)), severity, message: text };
  });
}
