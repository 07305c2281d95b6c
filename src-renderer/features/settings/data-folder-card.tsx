// Card that shows where the program keeps its things, and opens that folder where there is a file manager.

import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { useOwnFailure } from '../../store/use-own-failure.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { Fault } from './fault.tsx';
import { SETTINGS_WORDS as words } from './words.ts';

export function DataFolderCard() {
  const { calls } = useProgram();
  const { failure, attempt } = useOwnFailure();
  const { version, dataDir, surface } = usePage((page) => page.program);
  return (
    <Card
      title={words.dataFolder}
      actions={
        surface === 'app' && (
          <Button icon="folder" onPress={() => void attempt(calls.openFolder('data'))}>
            {words.openDataFolder}
          </Button>
        )
      }
    >
      <p className="soft">{words.dataFolderHelp}</p>
      <p className="code settings__folder">{dataDir}</p>
      <Fault text={failure} />
      <p className="faint settings__version">{words.version(version)}</p>
    </Card>
  );
}
