// Look of the editor, made from the page's tokens. The editor lives in a shadow root, which the page's style sheets do
// not reach, but their variables do; see code-editor.tsx. Must not know what is edited.

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { LOOKS } from './python-lines.ts';

export function editorLook(): Extension {
  const colours = HighlightStyle.define(LOOKS.map(({ tag, look }) => ({ tag, color: `var(--code-${look})` })));
  return [THEME, syntaxHighlighting(colours)];
}

const THEME = EditorView.theme({
  '&': { height: '100%', background: 'var(--surface)', color: 'var(--ink)' },
  // The host shows the focus, as every field of the page does.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', fontSize: 'var(--text-code)', lineHeight: 'var(--line-height)' },
  '.cm-content': { padding: 'var(--space-2) 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 var(--space-3) 0 var(--space-2)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: 'var(--focus)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--accent-soft)',
  },
  '.cm-activeLine': { background: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { background: 'transparent', color: 'var(--ink)' },
  '.cm-activeLineGutter': { background: 'transparent' },
  '.cm-gutters': { border: 'none', background: 'var(--surface)', color: 'var(--ink-faint)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '1.75rem', padding: '0 var(--space-1) 0 0' },
  '.cm-problems': { width: 'var(--icon)' },
  '.cm-problems .cm-gutterElement': { textAlign: 'center', cursor: 'default' },
  '.cm-problem-error': { color: 'var(--bad)' },
  '.cm-problem-warning': { color: 'var(--warn)' },
  '&.cm-focused .cm-matchingBracket': {
    background: 'var(--hover)',
    outline: 'var(--hairline) solid var(--line-strong)',
  },
  // CodeMirror draws its waves as data: pictures, which the page's policy refuses.
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0', textDecoration: 'underline wavy var(--hairline)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecorationColor: 'var(--bad)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecorationColor: 'var(--warn)' },
  '.cm-lintRange-active': { background: 'var(--bad-soft)' },
  '.cm-panels': { background: 'var(--sunken)', color: 'var(--ink)' },
  '.cm-panels.cm-panels-top': { borderBottom: 'var(--hairline) solid var(--line)' },
  '.cm-panel.cm-search': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: 'var(--space-1) var(--space-2)',
    padding: 'var(--space-2) var(--space-8) var(--space-2) var(--space-3)',
    fontFamily: 'var(--font)',
    fontSize: 'var(--text-small)',
  },
  '.cm-panel.cm-search br': { display: 'none' },
  '.cm-panel.cm-search label': { display: 'flex', alignItems: 'center', gap: 'var(--space-1)', fontSize: 'inherit' },
  '.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': { margin: '0' },
  '.cm-panel.cm-search input[type=checkbox]': { accentColor: 'var(--accent-fill)' },
  '.cm-textfield': {
    flex: '0 1 14rem',
    minWidth: '0',
    height: 'var(--control-small)',
    padding: '0 var(--space-2)',
    border: 'var(--hairline) solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    background: 'var(--surface)',
    color: 'var(--ink)',
    font: 'inherit',
  },
  '.cm-button': {
    height: 'var(--control-small)',
    padding: '0 var(--space-2)',
    border: 'var(--hairline) solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    background: 'var(--raised)',
    backgroundImage: 'none',
    color: 'var(--ink)',
    font: 'inherit',
  },
  '.cm-button:hover': { background: 'var(--hover)' },
  '.cm-button:active': { background: 'var(--pressed)', backgroundImage: 'none' },
  '.cm-panel.cm-search button[name=close]': {
    top: 'var(--space-1)',
    right: 'var(--space-1)',
    width: 'var(--control-small)',
    height: 'var(--control-small)',
    borderRadius: 'var(--radius)',
    color: 'var(--ink-soft)',
    font: 'inherit',
    fontSize: 'var(--text-large)',
  },
  '.cm-panel.cm-search :focus-visible': {
    outline: 'var(--focus) solid var(--accent)',
    outlineOffset: 'calc(var(--hairline) * -1)',
  },
  '.cm-searchMatch': { background: 'var(--warn-soft)', outline: 'var(--hairline) solid var(--warn)' },
  '.cm-searchMatch.cm-searchMatch-selected': {
    background: 'var(--accent-soft)',
    outline: 'var(--focus) solid var(--accent)',
  },
  '.cm-tooltip': {
    border: 'var(--hairline) solid var(--line)',
    borderRadius: 'var(--radius)',
    background: 'var(--raised)',
    boxShadow: 'var(--shadow-raised)',
    color: 'var(--ink)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-lint': { maxWidth: '28rem' },
  '.cm-diagnostic': {
    padding: 'var(--space-2) var(--space-3)',
    borderLeft: 'none',
    fontFamily: 'var(--font)',
    whiteSpace: 'pre-wrap',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxHeight: '14rem',
    padding: 'var(--space-1)',
    fontFamily: 'var(--font-code)',
    fontSize: 'var(--text-code)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: 'var(--space-1) var(--space-2)',
    borderRadius: 'var(--radius-small)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--accent-fill)',
    color: 'var(--on-fill)',
  },
  '.cm-completionIcon': { opacity: '1' },
  '.cm-completionDetail': { color: 'inherit', fontStyle: 'normal' },
  '@media (forced-colors: active)': {
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      background: 'Highlight',
      color: 'HighlightText',
      forcedColorAdjust: 'none',
    },
  },
});
