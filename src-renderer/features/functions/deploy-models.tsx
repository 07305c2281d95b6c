// Button that deploys TabPy's models. Must not know which they are: the program announces them as functions.

import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useProgram } from '../../store/use-page.ts';
import { FUNCTION_WORDS as words } from './words.ts';

export function DeployModels() {
  const { calls, store } = useProgram();
  const [isDeploying, setDeploying] = useState(false);
  const deploy = async (): Promise<void> => {
    setDeploying(true);
    await store.attempt(calls.deployModels());
    setDeploying(false);
  };
  return (
    <Button isDisabled={isDeploying} onPress={() => void deploy()}>
      {isDeploying ? words.deployingModels : words.deployModels}
    </Button>
  );
}
