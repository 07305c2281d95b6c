// Questions to the user in a system dialog, only before something is lost. Must not know what follows.

import type { Dialog } from 'electron';

type Ask = Pick<Dialog, 'showMessageBox'>;

/** Whether to quit although scripts run, or a text in the window is not deployed. */
export async function mayQuit(dialog: Ask, scripts: number, draft: string | null): Promise<boolean> {
  const running = scripts === 1 ? 'A script is running for Tableau.' : `${scripts} scripts are running for Tableau.`;
  const written = `${draft} has changes that are not deployed.`;
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: [...(scripts > 0 ? [running] : []), ...(draft === null ? [] : [written])].join(' '),
    detail:
      'Quitting stops the server. Scripts that do not end within 3 seconds are stopped, and changes that are not deployed are lost.',
    buttons: ['Quit', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

/** What closing the window means where no tray could bring it back. */
export async function whatClosingMeans(dialog: Ask): Promise<'minimize' | 'quit' | 'nothing'> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'This desktop shows no tray icons.',
    detail: 'TabPy Tray can keep running with its window minimised, or quit and stop the server.',
    buttons: ['Keep running', 'Quit', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return (['minimize', 'quit', 'nothing'] as const)[response] ?? 'nothing';
}
