// Opens the settings file with electron-store, and closes the channel that electron-store opens to every page.

import Store from 'electron-store';
import type { OpenStore } from '../settings/settings-file.ts';
import { closeStoreChannel } from './ipc.ts';

export const openStore: OpenStore = (options) => {
  const store = new Store({ ...options, name: 'settings' });
  closeStoreChannel();
  return store;
};
