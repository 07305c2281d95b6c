// `dialog`: questions that wait until a test answers them. Must not know what hangs on the answer.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

type Box = Pick<Electron.MessageBoxOptions, 'message' | 'detail' | 'buttons' | 'type' | 'defaultId' | 'cancelId'>;

/** A question that nobody answered yet. */
export interface Question {
  readonly options: Box;
  answer(button: number): void;
}

export const questions: Question[] = [];
/** What `showErrorBox` showed. */
export const errorBoxes: { readonly title: string; readonly content: string }[] = [];

type ShowMessageBox = Electron.Dialog['showMessageBox'];

const showMessageBox = ((...given: readonly unknown[]) => {
  const options = given.at(-1) as Electron.MessageBoxOptions;
  return new Promise<Electron.MessageBoxReturnValue>((resolve) => {
    const question: Question = {
      options,
      answer(response) {
        questions.splice(questions.indexOf(question), 1);
        resolve({ response, checkboxChecked: false });
      },
    };
    questions.push(question);
  });
}) as ShowMessageBox;

/** Asks as a box does; what is proposed is taken, in the folder of temporary files. */
const showSaveDialog = ((...given: readonly unknown[]) => {
  const { defaultPath = '' } = given.at(-1) as Electron.SaveDialogOptions;
  const filePath = path.join(mkdtempSync(path.join(tmpdir(), 'tabpy-tray-saved-')), path.basename(defaultPath));
  return new Promise<Electron.SaveDialogReturnValue>((resolve) => {
    const question: Question = {
      options: { message: defaultPath, detail: filePath, buttons: ['Save', 'Cancel'] },
      answer(button) {
        questions.splice(questions.indexOf(question), 1);
        resolve(button === 0 ? { canceled: false, filePath } : { canceled: true, filePath: '' });
      },
    };
    questions.push(question);
  });
}) as Electron.Dialog['showSaveDialog'];

/** Asks as a box does; what is chosen is where the dialog begins, or the folder of temporary files. */
const showOpenDialog = ((...given: readonly unknown[]) => {
  const { defaultPath = tmpdir(), title = '' } = given.at(-1) as Electron.OpenDialogOptions;
  return new Promise<Electron.OpenDialogReturnValue>((resolve) => {
    const question: Question = {
      options: { message: title, detail: defaultPath, buttons: ['Open', 'Cancel'] },
      answer(button) {
        questions.splice(questions.indexOf(question), 1);
        resolve(button === 0 ? { canceled: false, filePaths: [defaultPath] } : { canceled: true, filePaths: [] });
      },
    };
    questions.push(question);
  });
}) as Electron.Dialog['showOpenDialog'];

export const dialog: Pick<Electron.Dialog, 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog' | 'showErrorBox'> = {
  showMessageBox,
  showOpenDialog,
  showSaveDialog,
  showErrorBox(title, content) {
    errorBoxes.push({ title, content });
    // The program may end before a test could ask.
    process.stderr.write(`${title}\n${content}\n`);
  },
};
