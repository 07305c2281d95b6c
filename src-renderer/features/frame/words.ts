// Words of the header and the navigation.

export const FRAME_WORDS = {
  navigation: 'Screens',
  python: (version: string) => `Python ${version}`,
  seconds: (seconds: number) => `${seconds} s`,
  freePortHelp: {
    win32:
      'Windows reserves ranges of ports for Hyper-V and WSL. To see them, run "netsh interface ipv4 show excludedportrange protocol=tcp" as administrator. To free the port, run "net stop winnat", start the server here, then run "net start winnat".',
    other:
      'Only the administrator may use ports below 1024. Choose a higher port here, and enter the same port in Tableau.',
  },
  actions: {
    start: 'Start',
    'try-again': 'Try again',
    stop: 'Stop',
    cancel: 'Cancel',
    'stop-now': 'Stop now',
    'stop-script': 'Stop script',
    'restart-python': 'Restart Python',
    'use-port': (port: number) => `Use port ${port}`,
    'change-port': 'Change port',
    'free-port-help': 'How to free the port',
    'see-request': 'Show request',
    'see-log': 'Open the log',
    'copy-address': 'Copy address',
  },
} as const;
