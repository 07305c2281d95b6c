// Looks into a file of exported functions, shows what it holds, and takes what is chosen. Nothing is taken before that.

import { useRef, useState } from 'react';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { Card } from '../../../components/card.tsx';
import type { ImportFile } from '../../../store/authoring.ts';
import { useLookUp } from '../use-function-detail.ts';
import { useProgram } from '../../../store/use-page.ts';
import { useTakeFile } from './use-take-file.ts';
import { STRINGS } from '../../../words.ts';
import { TransferList } from './transfer-list.tsx';

const words = STRINGS.functions.transfer;

export function ImportButton() {
  const input = useRef<HTMLInputElement>(null);
  const take = useTakeFile();
  return (
    <>
      <Button icon="take" onPress={() => input.current?.click()}>
        {STRINGS.functions.importFile}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".zip,.py"
        hidden
        aria-label={STRINGS.functions.importFile}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // The same file may be chosen once more, changed meanwhile.
          currentTarget.value = '';
          if (file) take(file);
        }}
      />
    </>
  );
}

export function ImportPanel({ file }: { readonly file: ImportFile }) {
  const { calls, store, desk } = useProgram();
  const contents = useLookUp(() => calls.lookIntoExport(file.archive), file.name);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isTaking, setTaking] = useState(false);
  const functions = contents.kind === 'here' ? contents.value.functions : [];
  const chosen = functions.filter(({ name, problem }) => problem === null && !left.has(name)).map(({ name }) => name);
  const close = (): void => desk.change({ importFile: null });
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
            note: [STRINGS.functions.version(version), description, isTaken ? words.isTaken : words.isNew]
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
