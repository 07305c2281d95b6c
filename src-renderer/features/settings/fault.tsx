// Why something did not work, beside where the user did it.

export function Fault({ text }: { readonly text: string | null }) {
  return (
    <div role="alert" className="settings__fault">
      {text}
    </div>
  );
}
