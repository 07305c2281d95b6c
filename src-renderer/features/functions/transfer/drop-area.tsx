// Drop area: takes files that are dropped anywhere on the window, and says what can be dropped.

import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { useOpenFile } from './use-open-file.ts';
import { TRANSFER_WORDS } from './words.ts';
import './drop-area.css';

export function DropArea() {
  const [isOver, setOver] = useState(false);
  const takeFile = useOpenFile();
  const take = useRef(takeFile);
  useEffect(() => {
    take.current = takeFile;
  });
  useEffect(() => {
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      // Otherwise the browser would open the file instead of the page.
      event.preventDefault();
      setOver(false);
      const [file] = event.dataTransfer?.files ?? [];
      if (file) take.current(file);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!isOver) return null;
  return (
    <div className="drop-area">
      <p className="drop-area__words">
        <Icon name="take" /> {TRANSFER_WORDS.dropPython}
      </p>
    </div>
  );
}
