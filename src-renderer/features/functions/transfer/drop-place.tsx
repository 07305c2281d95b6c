// Takes files that are dropped on the window, wherever it is, and says so while one is above it.

import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { useTakeFile } from './use-take-file.ts';
import { STRINGS } from '../../../words.ts';
import './drop-place.css';

export function DropPlace() {
  const [isOver, setOver] = useState(false);
  const takeFile = useTakeFile();
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
      // Else the browser would go to the file.
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
    <div className="drop-place">
      <p className="drop-place__words">
        <Icon name="take" /> {STRINGS.functions.transfer.dropPython}
      </p>
    </div>
  );
}
