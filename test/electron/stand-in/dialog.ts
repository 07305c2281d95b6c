// `dialog`: questions that wait until a test answers them. Must not know what hangs on the answer.

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

export const dialog: Pick<Electron.Dialog, 'showMessageBox' | 'showErrorBox'> = {
  showMessageBox,
  showErrorBox(title, content) {
    errorBoxes.push({ title, content });
    // The program may end before a test could ask.
    process.stderr.write(`${title}\n${content}\n`);
  },
};
