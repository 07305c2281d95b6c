// Button that copies something and shows for a moment that it did. Must not know how copying is done.

import { useEffect, useState } from 'react';
import { Button, IconButton } from './button.tsx';

export interface CopyButtonProps {
  readonly label: string;
  /** Resolves with whether it worked. */
  readonly onCopy: () => Promise<boolean>;
  readonly isIconOnly?: boolean;
}

const SHOWN_MS = 1_600;

export function CopyButton({ label, onCopy, isIconOnly = false }: CopyButtonProps) {
  const [copies, setCopies] = useState(0);
  useEffect(() => {
    if (copies === 0) return undefined;
    const timer = window.setTimeout(() => setCopies(0), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [copies]);

  const copy = (): void => {
    void onCopy().then((isDone) => isDone && setCopies((before) => before + 1));
  };
  const icon = copies > 0 ? 'check' : 'copy';
  return isIconOnly ? (
    <IconButton icon={icon} label={label} onPress={copy} />
  ) : (
    <Button icon={icon} onPress={copy}>
      {label}
    </Button>
  );
}
