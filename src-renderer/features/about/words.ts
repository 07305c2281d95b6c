// Words of the About screen.

import { plural } from '../../text/figures.ts';

export const ABOUT_WORDS = {
  program: 'TabPy Tray',
  version: 'Version',
  python: 'Python',
  pythonIs: (version: string, pyodide: string | null) =>
    pyodide === null ? version : `${version} (built-in engine, Pyodide ${pyodide})`,
  pythonNotReady: 'Not started yet',
  packageCount: 'Packages',
  packagesAre: (count: number) => plural(count, 'Python package', 'Python packages'),
  licence: 'Licence',
  licenceIs: 'MIT',
  dataFolder: 'Data folder',
  openDataFolder: 'Open folder',

  tell: 'Report a problem',
  tellAt: 'Describe the problem on this page and paste the report there:',
  copyAddress: 'Copy page address',

  packages: 'Python packages and their licences',
  packagesNone: 'Python is not ready yet, so its packages are not known.',
  licenceUnknown: 'Licence not listed here; the package has it',

  licences: 'Licences of what TabPy Tray brings',
  licencesText: 'Text of the licences',
  licencesIn: (place: string) => `Also in the folder ${place}, with a list for programs (CycloneDX).`,
  licencesNone: (place: string) =>
    `This copy runs from its sources, and nobody collected the licences yet. Run "npm run notices": it writes them to ${place}.`,
  loading: 'Loading…',
};
