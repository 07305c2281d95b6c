// Button that saves the sample workbook: through the system's dialog in the tray app, as a download in a browser.

import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { usePage, useProgram } from '../../store/use-page.ts';
import { downloadArchive } from '../../store/download.ts';
import { WORDS } from '../../text/words.ts';
import { CONNECT_WORDS as words } from './words.ts';

const NAME = 'TabPy Tray sample.twbx';

export function SampleWorkbook() {
  const { calls, store } = useProgram();
  const surface = usePage((page) => page.program.surface);
  const [isSaving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    setSaving(true);
    let isSaved = false;
    const saving = calls.sampleWorkbook().then(async (archive) => {
      isSaved = surface === 'app' ? await calls.saveFile(NAME, archive) : downloadArchive(NAME, archive);
    });
    await store.attempt(saving);
    setSaving(false);
    if (isSaved) store.announce(WORDS.saved);
  };
  return (
    <Button icon="take" isDisabled={isSaving} onPress={() => void save()}>
      {words.saveWorkbook}
    </Button>
  );
}
