// Area that takes one file, chosen with a button or dropped. Must not know what is in the file.

import type { ReactNode } from 'react';
import { DropZone, FileTrigger } from 'react-aria-components';
import type { DropItem } from 'react-aria-components';
import { Button } from './button.tsx';
import './file-drop.css';

export interface FileDropProps {
  readonly label: string;
  /** Text beside the button. */
  readonly hint: string;
  /** Endings of file names, with the dot. */
  readonly accepted: readonly string[];
  readonly isDisabled: boolean;
  readonly onFile: (file: File) => void;
  readonly children?: ReactNode;
}

export function FileDrop({ label, hint, accepted, isDisabled, onFile, children }: FileDropProps) {
  const take = async (items: readonly DropItem[]): Promise<void> => {
    const item = items.find((one) => one.kind === 'file');
    if (item) onFile(await item.getFile());
  };
  return (
    <DropZone
      className="file-drop"
      aria-label={hint}
      isDisabled={isDisabled}
      getDropOperation={() => 'copy'}
      onDrop={({ items }) => void take(items)}
    >
      {children}
      <div className="file-drop__line">
        <FileTrigger
          acceptedFileTypes={[...accepted]}
          onSelect={(files) => {
            const file = files?.item(0);
            if (file) onFile(file);
          }}
        >
          <Button icon="folder" isDisabled={isDisabled}>
            {label}
          </Button>
        </FileTrigger>
        <span className="soft small">{hint}</span>
      </div>
    </DropZone>
  );
}
