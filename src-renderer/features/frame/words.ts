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
  /** What the header says while the program cannot be reached, and the command that helps. */
  link: {
    lost: {
      title: 'TabPy Tray does not answer',
      text: 'This page shows the last known state and tries to connect again by itself. If TabPy Tray was stopped, start it again. This command then prints a new link:',
    },
    stranger: {
      title: 'TabPy Tray was started again',
      text: 'It does not know this browser yet. Run this command on the computer of the server and open the link that it prints:',
    },
  },
  linkCommand: (dataDir: string) => `tabpy-tray console --data-dir "${dataDir}"`,
  copyCommand: 'Copy command',
  actions: {
    start: 'Start',
    'try-again': 'Try again',
    stop: 'Stop',
    cancel: 'Cancel',
    'stop-now': 'Stop now',
    'stop-script': (isSeveral: boolean) => (isSeveral ? 'Stop all scripts' : 'Stop script'),
    'restart-python': 'Restart Python',
    'use-port': (port: number) => `Use port ${port}`,
    'change-port': 'Change port',
    'free-port-help': 'How to free the port',
    'see-request': 'Show request',
    'see-log': 'Open the log',
    'copy-address': 'Copy address',
  },
} as const;
