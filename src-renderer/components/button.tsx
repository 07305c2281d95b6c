// Buttons in four looks: the main one of a screen, plain, quiet, and for what deletes.

import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import './button.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly look?: 'main' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly children: string;
}

export function Button({ look = 'plain', icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={`button button--${look}`}>
      {icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> {
  readonly icon: IconName;
  readonly label: string;
}

/** A quiet button with an icon only. Its label is the tooltip, and screen readers read it. */
export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <AriaButton
      {...rest}
      className="button button--quiet button--icon"
      aria-label={label}
      render={(props) => <button {...props} title={label} />}
    >
      <Icon name={icon} />
    </AriaButton>
  );
}
