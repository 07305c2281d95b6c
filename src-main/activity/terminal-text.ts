// Makes text of scripts and callers safe to show in a terminal.

/**
 * Keeps line breaks and tabs; other control characters, and those that change text direction, become `\u001b` and the
 * like.
 */
export function terminalText(text: string): string {
  return text.replace(
    /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
