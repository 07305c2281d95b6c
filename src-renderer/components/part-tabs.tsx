// Tabs: several parts, one of which is shown. Must not know what the parts are.

import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import './part-tabs.css';

export interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: ReactNode;
}

export interface PartTabsProps {
  readonly label: string;
  readonly parts: readonly Part[];
  /** The part that is shown first. */
  readonly first: string;
  /** Class for style sheets: `part-tabs__part--id`. */
  readonly look?: string;
}

export function PartTabs({ label, parts, first, look = '' }: PartTabsProps) {
  return (
    <Tabs className={`part-tabs ${look}`} defaultSelectedKey={first}>
      <TabList className="part-tabs__list" aria-label={label}>
        {parts.map(({ id, title }) => (
          <Tab key={id} id={id} className="part-tabs__tab">
            {title}
          </Tab>
        ))}
      </TabList>
      {parts.map(({ id, content }) => (
        <TabPanel key={id} id={id} className={`part-tabs__part part-tabs__part--${id}`}>
          {content}
        </TabPanel>
      ))}
    </Tabs>
  );
}
