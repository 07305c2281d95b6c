// Panel that exports functions: the user chooses which ones go into the file.

import { useState } from 'react';
import type { DeployedFunction } from '../../../../src-shared/function.ts';
import { Button } from '../../../components/button.tsx';
import { Card } from '../../../components/card.tsx';
import { useSaveExport } from './use-save-export.ts';
import { FUNCTION_WORDS } from '../words.ts';
import { TRANSFER_WORDS as words } from './words.ts';
import { TransferList } from './transfer-list.tsx';

export interface ExportPanelProps {
  readonly functions: readonly DeployedFunction[];
  readonly onClose: () => void;
}

export function ExportPanel({ functions, onClose }: ExportPanelProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { save, isSaving } = useSaveExport();
  const entries = functions.map(({ name, version, description }) => ({
    name,
    note: [FUNCTION_WORDS.version(version), description].filter(Boolean).join(' · '),
    problem: null,
  }));
  const chosen = functions.map(({ name }) => name).filter((name) => !left.has(name));
  return (
    <Card
      title={words.exportTitle}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {words.cancel}
          </Button>
          <Button
            look="main"
            isDisabled={chosen.length === 0 || isSaving}
            onPress={() => void save(chosen).then((isSaved) => isSaved && onClose())}
          >
            {words.exportNow(chosen.length)}
          </Button>
        </>
      }
    >
      <p className="soft">{words.exportLead}</p>
      <TransferList entries={entries} left={left} onChange={setLeft} />
    </Card>
  );
}
