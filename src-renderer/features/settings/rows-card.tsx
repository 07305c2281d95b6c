// Card of a group of settings, a row for each, with what belongs beside them.

import { isOpenToNetwork } from '../../../src-shared/address-text.ts';
import type { SettingGroup } from '../../../src-shared/setting-kinds.ts';
import type { SettingName } from '../../../src-shared/settings.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { hashOf } from '../../store/route.ts';
import { useOwnFailure } from '../../store/use-own-failure.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { Fault } from './fault.tsx';
import { SettingRow } from './setting-row.tsx';
import { SETTINGS_WORDS as words } from './words.ts';

export interface RowsCardProps {
  readonly group: SettingGroup;
  readonly names: readonly SettingName[];
  /** Only what fits a search is shown. */
  readonly isFound: boolean;
}

export function RowsCard({ group, names, isFound }: RowsCardProps) {
  return (
    <Card title={words.sections[group]}>
      {group === 'connection' && !isFound && <OpenToNetwork />}
      <div className="settings__rows">
        {names.map((name) => (
          <SettingRow key={name} name={name} />
        ))}
      </div>
      {group === 'privacy' && <ForgetButton />}
    </Card>
  );
}

/** Warning when other computers can reach the server without protection. */
function OpenToNetwork() {
  const { hosts, passwordFile, transferProtocol } = usePage((page) => page.settings);
  const isProtected = passwordFile !== '' && transferProtocol === 'https';
  if (!isOpenToNetwork(hosts) || isProtected) return null;
  return (
    <Banner tone="warn">
      {passwordFile === '' ? words.openToNetwork : words.openToNetworkInClear}{' '}
      <a href={hashOf('settings', 'security')}>{words.sections.security}</a>
    </Banner>
  );
}

function ForgetButton() {
  const { calls, store } = useProgram();
  const { failure, attempt } = useOwnFailure();
  const kept = usePage((page) => page.requests.length);
  const forget = async (): Promise<void> => {
    if (await attempt(calls.clearRequests())) store.announce(words.forgotten);
  };
  return (
    <div className="settings__act">
      <Button icon="remove" isDisabled={kept === 0} onPress={() => void forget()}>
        {words.forget}
      </Button>
      <span className="soft small">{words.kept(kept)}</span>
      <Fault text={failure} />
    </div>
  );
}
