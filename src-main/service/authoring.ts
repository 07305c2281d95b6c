// What an author does with functions: look at them, write, try, deploy, roll back, export. Must not know how a call travels.

import { CallError } from '../../src-shared/ipc.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import type { SourceTools } from './source-tools.ts';

export type AuthoringCalls = Pick<
  Calls,
  | 'functionDetail'
  | 'versionSource'
  | 'rollBack'
  | 'removeVersion'
  | 'checkSource'
  | 'completeSource'
  | 'formatSource'
  | 'tryFunction'
  | 'tryDeployed'
  | 'deployFunction'
  | 'promoteScript'
  | 'exportFunctions'
  | 'lookIntoExport'
  | 'importFunctions'
>;

export function createAuthoring(): Omit<AuthoringCalls, keyof SourceTools> {
  const later = (): Promise<never> => Promise.reject(new CallError('refused', 'This cannot be done yet.'));
  return {
    functionDetail: later,
    versionSource: later,
    rollBack: later,
    removeVersion: later,
    tryFunction: later,
    tryDeployed: later,
    deployFunction: later,
    exportFunctions: later,
    lookIntoExport: later,
    importFunctions: later,
  };
}
