// Notifications of the system. Must not know what they say or what a click does.

import { Notification } from 'electron';

export interface NotificationText {
  readonly title: string;
  readonly body: string;
}

export interface Notifications {
  /** Does nothing where the system has no notifications. */
  show(text: NotificationText, onClick: () => void): void;
}

export function createNotifications(): Notifications {
  // A notification that nobody refers to may be collected, and its click is lost.
  let latest: Notification | null = null;
  return {
    show(text, onClick) {
      if (!Notification.isSupported()) return;
      // One of ours at a time: the newest says what the older ones said.
      latest?.close();
      const shown = new Notification({ ...text, silent: true });
      latest = shown;
      shown.on('click', onClick);
      shown.show();
    },
  };
}
