// Fields with a label, help and an error: text, several lines, a choice, a switch. Must not know what is entered.

import type { ReactNode } from 'react';
import {
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup,
  SearchField,
  Switch,
  Text,
  TextArea,
  TextField,
} from 'react-aria-components';
import { Icon } from './icon.tsx';
import './fields.css';

interface FieldProps {
  readonly label: string;
  readonly help: ReactNode;
}

export interface TextBoxProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The user left the field or pressed Enter. */
  readonly onDone: () => void;
  readonly onCancel: () => void;
  /** Why the value is not valid; null when it is. */
  readonly fault: string | null;
  readonly unit?: string;
  /** `number`: a short field for digits. `lines`: one entry on each line. `path`: wide, below its words. */
  readonly look: 'number' | 'text' | 'lines' | 'path';
  /** What an empty field means. */
  readonly placeholder?: string;
  /** A button behind the field. */
  readonly action?: ReactNode;
  /** A note about the value, below the field. */
  readonly note?: ReactNode;
  readonly id?: string;
}

export function TextBox(props: TextBoxProps) {
  const { label, help, value, onChange, onDone, onCancel, fault, unit = '', look, note, id } = props;
  const { placeholder = '', action } = props;
  return (
    <TextField
      {...(id === undefined ? {} : { id })}
      className={`field field--${look}`}
      value={value}
      onChange={onChange}
      onBlur={onDone}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && look !== 'lines') onDone();
        else if (event.key === 'Escape') onCancel();
        else event.continuePropagation();
      }}
      isInvalid={fault !== null}
      validationBehavior="aria"
    >
      <div className="field__words">
        <Label>{label}</Label>
        <Text slot="description" className="field__help">
          {help}
        </Text>
      </div>
      <div className="field__entry">
        <div className="field__line">
          {look === 'lines' ? (
            <TextArea
              className="input code"
              rows={Math.max(2, value.split('\n').length)}
              spellCheck={false}
              placeholder={placeholder}
            />
          ) : (
            <Input
              className="input figure"
              spellCheck={false}
              autoComplete="off"
              placeholder={placeholder}
              {...(look === 'number' ? { inputMode: 'decimal' as const } : {})}
            />
          )}
          {unit && <span className="soft">{unit}</span>}
          {action}
        </div>
        {note}
        <FieldError className="field__fault">{fault}</FieldError>
      </div>
    </TextField>
  );
}

export interface ChoiceProps extends FieldProps {
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

export function Choice({ label, help, value, choices, onChange }: ChoiceProps) {
  return (
    <RadioGroup className="field" value={value} onChange={onChange} orientation="horizontal">
      <div className="field__words">
        <Label>{label}</Label>
        <Text slot="description" className="field__help">
          {help}
        </Text>
      </div>
      <div className="segments">
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className="segments__one">
            {choice.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

/** A choice without a visible label, for tool bars. Screen readers read `label`. */
export function Segments({ label, value, choices, onChange }: Omit<ChoiceProps, 'help'>) {
  return (
    <RadioGroup className="segments" aria-label={label} value={value} onChange={onChange} orientation="horizontal">
      {choices.map((choice) => (
        <Radio key={choice.value} value={choice.value} className="segments__one">
          {choice.label}
        </Radio>
      ))}
    </RadioGroup>
  );
}

export interface OnOffProps extends FieldProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function OnOff({ label, help, isOn, onChange }: OnOffProps) {
  return (
    <Switch className="field field--switch" isSelected={isOn} onChange={onChange}>
      <div className="field__words">
        <span className="field__label">{label}</span>
        <span className="field__help">{help}</span>
      </div>
      <Track />
    </Switch>
  );
}

/** A switch with its label beside it, for tool bars. */
export function SmallSwitch({ label, isOn, onChange }: Omit<OnOffProps, 'help'>) {
  return (
    <Switch className="small-switch" isSelected={isOn} onChange={onChange}>
      <Track />
      {label}
    </Switch>
  );
}

function Track() {
  return (
    <span className="track">
      <span className="track__knob" />
    </span>
  );
}

export interface SearchBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A search field. Ctrl/Cmd+F finds it by `data-search`. */
export function SearchBox({ label, placeholder, value, onChange }: SearchBoxProps) {
  return (
    <SearchField className="search" aria-label={label} value={value} onChange={onChange}>
      <Icon name="search" />
      <Input className="input" placeholder={placeholder} data-search="" spellCheck={false} autoComplete="off" />
    </SearchField>
  );
}
