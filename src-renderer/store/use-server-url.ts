// The address of the server as Tableau and commands use it, running or not. Must not know what is done with it.

import { addressText, intendedAddress } from '../../src-shared/address-text.ts';
import { addressOf } from '../../src-shared/service-state.ts';
import { usePage } from './use-page.ts';

export function useServerUrl(): string {
  return usePage(({ service, settings }) => {
    const address = addressOf(service);
    return address === null ? intendedAddress(settings) : addressText(address);
  });
}
