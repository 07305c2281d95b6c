// Find and replace in the editor: the panel above the code, its keys, and its words. Must not know what is edited.

import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import type { EditorView } from '@codemirror/view';

const WORDS = {
  next: 'Next',
  previous: 'Previous',
  all: 'Select all',
  'match case': 'Match case',
  regexp: 'Regular expression',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
  close: 'Close the search',
};

export function findAndReplace(): Extension {
  return [
    search({ top: true }),
    EditorState.phrases.of(WORDS),
    keymap.of([...searchKeymap, { key: 'Ctrl-h', run: openReplace, scope: 'editor search-panel' }]),
  ];
}

/** Opens the panel and goes to what replaces. */
function openReplace(view: EditorView): boolean {
  openSearchPanel(view);
  view.dom.querySelector<HTMLInputElement>('.cm-search [name=replace]')?.select();
  return true;
}
