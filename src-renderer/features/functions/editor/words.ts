// Words of the editor.

import { plural } from '../../../text/figures.ts';

export const EDITOR_WORDS = {
  new: 'New function',
  edit: (name: string) => `Edit ${name}`,
  missing: 'No function is being edited',
  code: 'Python code',
  leave: 'Tab indents. To leave the code, press Escape, then Tab.',
  format: 'Format',
  formatHelp: 'Shift+Alt+F',
  formatted: 'Formatted',
  deploy: 'Deploy',
  deployVersion: (version: number) => `Deploy version ${version}`,
  deploying: 'Deploying…',
  discard: 'Discard…',
  close: 'Close',
  name: 'Name',
  nameFault: 'Use only letters, digits, underscores, hyphens and spaces.',
  function: 'Function to deploy',
  noFunction: 'No function yet',
  isPublic: 'Public',
  description: 'Description',
  from: 'Start from',
  samples: {
    blank: 'An empty function',
    add: 'Add two columns',
    clustering: 'Clustering (DBSCAN)',
    pca: 'Principal components (PCA)',
    ttest: 't-test',
    anova: 'Analysis of variance (ANOVA)',
    sentiment: 'Sentiment of texts',
    forecast: 'Forecast (Holt-Winters)',
  },
  problems: (errors: number, warnings: number) =>
    errors + warnings === 0
      ? 'No problems'
      : [
          ...(errors > 0 ? [plural(errors, 'error', 'errors')] : []),
          ...(warnings > 0 ? [plural(warnings, 'warning', 'warnings')] : []),
        ].join(', '),
  checking: 'Checking…',
  unchecked: (why: string) => `The code was not checked: ${why}`,
  problem: (line: number, text: string) => `Line ${line}: ${text}`,
  taken: (name: string) => `A function named ${name} exists already`,
  takenText: (version: number) =>
    `Deploy this as version ${version}? Workbooks that use the function get the new version at once. You can roll back to the old version.`,
  takenNow: (version: number) => `Deploy version ${version}`,
  notNow: 'Not now',
  deployed: (name: string, version: number) => `${name} was deployed as version ${version}`,
  refused: 'The function was not deployed:',
  unsaved: (name: string) => `${name} has changes that are not deployed.`,
  unnamed: 'A new function',
  continue: 'Continue editing',
  discardTitle: 'Discard the changes?',
  discardText: (name: string) => `The changes in ${name} are not deployed. They will be lost.`,
  discardNow: 'Discard',
  keepEditing: 'Keep editing',
  promoted:
    'Made from a script that Tableau sent. The data of that request is ready for a test. Deploy the function to get a shorter formula for Tableau.',
  fromFile: (file: string) => `Read from ${file}. Choose which of its functions to deploy.`,
} as const;
