// Panel that imports functions: lists what a file holds and imports what the user chooses. Nothing is imported before
// that.

import { useRef, useState } from 'react';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { Card } from '../../../components/card.tsx';
import type { ImportFile } from '../../../store/authoring.ts';
import { useLookUp } from '../use-function-detail.ts';
import { useProgram } from '../../../store/use-page.ts';
import { useOpenFile } from './use-open-file.ts';
import { FUNCTION_WORDS } from '../words.ts';
import { TRANSFER_WORDS as words } from './words.ts';
import { TransferList } from './transfer-list.tsx';

export function ImportButton() {
  const input = useRef<HTMLInputElement>(null);
  const take = useOpenFile();
  return (
    <>
      <Button icon="take" onPress={() => input.current?.click()}>
        {FUNCTION_WORDS.importFile}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".zip,.py"
        hidden
        aria-label={FUNCTION_WORDS.importFile}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // The user may choose the same file again after changing it.
          currentTarget.value = '';
          if (file) take(file);
        }}
      />
    </>
  );
}

export function ImportPanel({ file }: { readonly file: ImportFile }) {
  const { calls, store, authoring } = useProgram();
  const contents = useLookUp(() => calls.lookIntoExport(file.archive), file.name);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isTaking, setTaking] = useState(false);
  const functions = contents.kind === 'here' ? contents.value.functions : [];
  const chosen = functions.filter(({ name, problem }) => problem === null && !left.has(name)).map(({ name }) => name);
  const close = (): void => authoring.change({ importFile: null });
  const take = async (): Promise<void> => {
    setTaking(true);
    const isDone = await store.attempt(calls.importFunctions(file.archive, chosen));
    setTaking(false);
    if (!isDone) return;
    store.announce(words.imported(chosen.length));
    close();
  };
  return (
    <Card
      title={words.importTitle(file.name)}
      actions={
        <>
          <Button look="quiet" onPress={close}>
            {words.cancel}
          </Button>
          <Button look="main" isDisabled={chosen.length === 0 || isTaking} onPress={() => void take()}>
            {words.importNow(chosen.length)}
          </Button>
        </>
      }
    >
      <p className="soft">{words.importLead}</p>
      {contents.kind === 'waiting' && <p className="soft">{words.looking}</p>}
      {contents.kind === 'failed' && <Banner tone="error">{contents.why}</Banner>}
      {contents.kind === 'here' && functions.length === 0 && <p className="soft">{words.empty}</p>}
      {functions.length > 0 && (
        <TransferList
          entries={functions.map(({ name, version, description, isTaken, problem }) => ({
            name,
            note: [FUNCTION_WORDS.version(version), description, isTaken ? words.isTaken : words.isNew]
              .filter(Boolean)
              .join(' · '),
            problem,
          }))}
          left={left}
          onChange={setLeft}
        />
      )}
    </Card>
  );
}
