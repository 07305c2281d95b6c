// Settings screen, made from the table in src-shared/settings.ts: a card for each group, a row for each setting.

import { useEffect } from 'react';
import { SETTING_NAMES, SETTINGS } from '../../../src-shared/settings.ts';
import type { Setting } from '../../../src-shared/setting-kinds.ts';
import type { SettingName } from '../../../src-shared/settings.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { isOpenToNetwork } from '../../../src-shared/address-text.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { SETTINGS_WORDS as words } from './words.ts';
import { ReportCard } from './report-card.tsx';
import { ImportFromTabPy } from './import-from-tabpy.tsx';
import { SettingRow } from './setting-row.tsx';
import './settings-screen.css';

const GROUPS = Object.keys(words.groups) as readonly Setting['group'][];

export function SettingsScreen({ detail }: { readonly detail: string | null }) {
  useEffect(() => {
    const field =
      detail === null ? null : document.querySelector<HTMLElement>(`[data-setting="${CSS.escape(detail)}"]`);
    field?.querySelector<HTMLElement>('input, textarea')?.focus();
    field?.scrollIntoView({ block: 'center' });
  }, [detail]);
  return (
    <div className="settings">
      {GROUPS.map((group) => (
        <Card key={group} title={words.groups[group]}>
          {group === 'server' && <OpenToNetwork />}
          <div className="settings__rows">
            {namesOf(group).map((name) => (
              <SettingRow key={name} name={name} />
            ))}
          </div>
          {group === 'privacy' && <ForgetButton />}
        </Card>
      ))}
      <ImportFromTabPy />
      <ReportCard />
      <About />
    </div>
  );
}

/** Warning when other computers can reach the server without protection. */
function OpenToNetwork() {
  const { hosts, passwordFile, transferProtocol } = usePage((page) => page.settings);
  if (!isOpenToNetwork(hosts)) return null;
  if (passwordFile === '') return <Banner tone="warn">{words.openToNetwork}</Banner>;
  return transferProtocol === 'https' ? null : <Banner tone="warn">{words.openToNetworkInClear}</Banner>;
}

function ForgetButton() {
  const { calls, store } = useProgram();
  const kept = usePage((page) => page.requests.length);
  const forget = async (): Promise<void> => {
    if (await store.attempt(calls.clearRequests())) store.announce(words.forgotten);
  };
  return (
    <div className="settings__act">
      <Button icon="remove" isDisabled={kept === 0} onPress={() => void forget()}>
        {words.forget}
      </Button>
      <span className="soft small">{words.kept(kept)}</span>
    </div>
  );
}

function namesOf(group: Setting['group']): readonly SettingName[] {
  return SETTING_NAMES.filter((name) => SETTINGS[name].group === group);
}

function About() {
  const { calls, store } = useProgram();
  const { version, dataDir, surface } = usePage((page) => page.program);
  return (
    <Card
      title={words.dataFolder}
      actions={
        surface === 'app' && (
          <Button icon="folder" onPress={() => void store.attempt(calls.openFolder('data'))}>
            {words.openDataFolder}
          </Button>
        )
      }
    >
      <p className="soft">{words.dataFolderHelp}</p>
      <p className="code settings__folder">{dataDir}</p>
      <p className="faint settings__version">{words.version(version)}</p>
    </Card>
  );
}
