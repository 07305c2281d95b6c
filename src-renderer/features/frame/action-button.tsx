// Button for one next action. Must not know in which states the action is offered.

import { assertNever } from '../../../src-shared/assert-never.ts';
import { Button } from '../../components/button.tsx';
import type { ButtonProps } from '../../components/button.tsx';
import type { NextAction } from './next-actions.ts';
import { needsPython } from '../../store/request-facts.ts';
import { goTo } from '../../store/route.ts';
import { useProgram } from '../../store/use-page.ts';
import type { Program } from '../../store/use-page.ts';
import { FRAME_WORDS } from './words.ts';

export interface ActionButtonProps {
  readonly action: NextAction;
  readonly isFirst: boolean;
  readonly isHelpShown: boolean;
  readonly onHelp: () => void;
}

export function ActionButton({ action, isFirst, isHelpShown, onHelp }: ActionButtonProps) {
  const program = useProgram();
  if (action.kind === 'free-port-help')
    return (
      <Button onPress={onHelp} aria-expanded={isHelpShown}>
        {labelOf(action)}
      </Button>
    );
  return (
    <Button look={isFirst ? lookOf(action) : 'plain'} onPress={() => act(action, program)}>
      {labelOf(action)}
    </Button>
  );
}

function labelOf(action: NextAction): string {
  if (action.kind === 'use-port') return FRAME_WORDS.actions['use-port'](action.port);
  if (action.kind === 'stop-script') return FRAME_WORDS.actions['stop-script'](action.isSeveral);
  return FRAME_WORDS.actions[action.kind];
}

/** Actions that bring the server back stand out. Actions that end something do not. */
function lookOf(action: NextAction): NonNullable<ButtonProps['look']> {
  switch (action.kind) {
    case 'start':
    case 'try-again':
    case 'use-port':
    case 'restart-python':
    case 'change-port':
      return 'main';
    case 'stop':
    case 'cancel':
    case 'stop-now':
    case 'stop-script':
    case 'free-port-help':
    case 'see-request':
    case 'see-log':
      return 'plain';
    default:
      return assertNever(action);
  }
}

function act(action: Exclude<NextAction, { kind: 'free-port-help' }>, { calls, store }: Program): void {
  switch (action.kind) {
    case 'start':
    case 'try-again':
      return void store.attempt(calls.start());
    case 'stop':
    case 'cancel':
      return void store.attempt(calls.stop());
    case 'stop-now':
      return void store.attempt(calls.stopNow());
    case 'stop-script':
      return void store.attempt(calls.stopScripts());
    case 'restart-python':
      return void store.attempt(calls.restartPython());
    case 'use-port':
      return void store.attempt(calls.changeSettings({ port: action.port }));
    case 'change-port':
      return goTo('settings', 'port');
    case 'see-request':
      return goTo('requests', lastFailure(store) ?? 'errors');
    case 'see-log':
      return goTo('logs', 'error');
    default:
      return assertNever(action);
  }
}

/** The id of the script or function that failed last and so ended Python; null when that request is no longer kept. */
function lastFailure(store: Program['store']): string | null {
  const failed = store.read().page?.requests.findLast((record) => needsPython(record) && record.status >= 408);
  return failed === undefined ? null : String(failed.id);
}
