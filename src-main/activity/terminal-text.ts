// Text of scripts and callers, made safe for the terminal that shows it. Must not know what the text is about.

/** Keeps lines and tabs; what would steer a terminal, or turn text around, is spelled as `\u001b`. */
export function terminalText(text: string): string {
  return text.replace(
    /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
