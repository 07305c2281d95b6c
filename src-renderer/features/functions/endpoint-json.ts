// A function as GET /endpoints shows it, to be read and copied. Pure.

import { shownEndpoint } from '../../../src-shared/function.ts';
import type { DeployedFunction } from '../../../src-shared/function.ts';

export function endpointJson(endpoint: DeployedFunction): string {
  return JSON.stringify({ [endpoint.name]: shownEndpoint(endpoint) }, null, 2);
}
