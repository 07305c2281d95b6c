// Words of the guide that connects Tableau.

export const CONNECT_WORDS = {
  lead: 'Follow these three steps. Each one is ticked when it works.',
  done: 'Done',
  open: 'Not done yet',
  running: 'The server is running on this computer',
  notRunning: 'Start the server',
  server: 'Server',
  port: 'Port',
  copyServer: 'Copy server',
  copyPort: 'Copy port',
  openTableau: 'Connect Tableau Desktop',
  path: ['Help', 'Settings and Performance', 'Manage Analytics Extension Connection', 'TabPy'],
  enter: (isSignedIn: boolean, isHttps: boolean) =>
    [
      'Enter the server and the port from step 1.',
      isSignedIn ? 'Tick sign-in and enter a name and a password from the password file.' : 'Leave sign-in unticked.',
      isHttps ? 'Tick Require SSL.' : 'Leave Require SSL unticked.',
      'Then choose Test Connection.',
    ].join(' '),
  waitingForTableau: 'Waiting for Tableau…',
  asked: (time: string) => `Tableau reached the server at ${time}.`,
  tryIt: 'Paste this formula into a new calculated field',
  copyFormula: 'Copy formula',
  waitingForCalculation: 'Waiting for a calculation…',
  calculated: (time: string, ms: string) => `The server answered a calculation at ${time}. It took ${ms}.`,
  calculationFailed: (time: string) => `The calculation at ${time} failed:`,
  test: 'Test the connection',
  testing: 'Testing…',
  testGood: 'Everything that Tableau needs works on this computer.',
  testBad: 'There are problems. Each line with ▲ says what is wrong.',
  outcomes: { good: 'Works:', note: 'Note:', bad: 'Problem:' },
  trouble: 'Does Tableau say "unable to connect"?',
  troubleText:
    'Check that the server and the port in Tableau are the same as above. Tableau Server and Tableau Cloud run on other computers, and Tableau Cloud cannot reach a program on yours. If your computer uses a proxy, exclude localhost from it.',
  seeRequests: 'Show requests',
} as const;
