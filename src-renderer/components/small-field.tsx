// Short fields with the label above: text, lines, a choice, a tick. Must not know what is entered.

import { useId } from 'react';
import type { ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import './small-field.css';

export interface SmallFieldProps {
  readonly label: string;
  /** Small words behind the label. */
  readonly note?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Why the value is not valid; null when it is. */
  readonly fault?: string | null;
  readonly placeholder?: string;
  readonly isCode?: boolean;
  /** Number of lines, 1 when absent. */
  readonly lines?: number;
}

export function SmallField(props: SmallFieldProps) {
  const { label, note, value, onChange, fault = null, placeholder = '', isCode = false, lines = 1 } = props;
  const look = isCode ? 'input code' : 'input';
  return (
    <TextField
      className="small-field"
      value={value}
      onChange={onChange}
      isInvalid={fault !== null}
      validationBehavior="aria"
    >
      <span className="small-field__head">
        <Label className="small">{label}</Label>
        {note && (
          <Text slot="description" className="small faint">
            {note}
          </Text>
        )}
      </span>
      {lines > 1 ? (
        <TextArea className={look} rows={lines} spellCheck={false} placeholder={placeholder} />
      ) : (
        <Input className={look} spellCheck={false} autoComplete="off" placeholder={placeholder} />
      )}
      <FieldError className="small-field__fault small">{fault}</FieldError>
    </TextField>
  );
}

export interface SmallChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** A choice with the system's own list, which opens where there is room. */
export function SmallChoice({ label, value, choices, onChange }: SmallChoiceProps) {
  const id = useId();
  return (
    <div className="small-field">
      <label className="small" htmlFor={id}>
        {label}
      </label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export interface TickProps {
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}

/** One of several things that can be ticked. */
export function Checkbox({ isOn, isDisabled = false, onChange, children }: TickProps) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="tick__words">{children}</span>
    </label>
  );
}
