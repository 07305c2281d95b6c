// Block of code to read and copy. Its content is shown as text, wherever it came from.

import { CopyButton } from './copy-button.tsx';
import './code-block.css';

export interface CodeBlockProps {
  readonly text: string;
  readonly copyLabel: string;
  readonly onCopy: (text: string) => Promise<boolean>;
}

export function CodeBlock({ text, copyLabel, onCopy }: CodeBlockProps) {
  return (
    <div className="code-block">
      <pre>{text}</pre>
      <CopyButton label={copyLabel} onCopy={() => onCopy(text)} isIconOnly />
    </div>
  );
}
