import { describe, expect, it } from 'vitest';

import type { Launch } from '../../../src-main/engines/builtin/host/launch.ts';
import { createAttackWorld, readAttacks } from './support/attack-world.ts';
import type { Attack } from './support/attack-world.ts';
import { openedImage } from './support/opened-image.ts';
import { sharedImage } from './support/shared-image.ts';

const AT_ONCE = 2;
const attacks = readAttacks();
const image = (await sharedImage('numbers')) ?? (await sharedImage('core')) ?? (await sharedImage('bare'));
const CATEGORIES = ['js', 'node', 'fs', 'exec', 'wasm', 'net', 'dos', 'tenant'];

/** What the attacks got, by name; nothing is what is hoped for. */
async function lootOf(
  list: readonly Attack[],
  imageDir: string,
  change?: (launch: Launch) => Launch,
): Promise<Record<string, string>> {
  const loot: Record<string, string> = {};
  const waiting = [...list];
  const attackOn = async (): Promise<void> => {
    const world = await createAttackWorld();
    for (let attack = waiting.shift(); attack; attack = waiting.shift()) {
      const got = await world.run(attack, imageDir, change);
      if (got !== null) loot[attack.name] = got;
    }
    world.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, attackOn));
  return loot;
}

if (!attacks) console.warn('SKIPPED: attacks.json is not beside the project; name its folder in TABPY_TRAY_SHARED.');

describe.skipIf(!attacks)('the walls', () => {
  it.each(CATEGORIES)('let no attack of the kind "%s" through', { timeout: 180_000 }, async (category) => {
    const list = attacks!.filter((attack) => attack.category === category);
    expect(list.length).toBeGreaterThan(0);
    expect(await lootOf(list, image!.dir)).toEqual({});
  });

  it(
    'of the realm hold alone: scripts have its whole global object, and Node has neither permission model nor seal',
    { timeout: 180_000 },
    async () => {
      const withoutPermission = (launch: Launch): Launch => ({
        ...launch,
        args: launch.args.filter((arg) => !/^--(permission|allow-fs-read)/.test(arg)),
      });
      const list = attacks!.filter(({ category }) => !['dos', 'tenant'].includes(category));
      const loot = await lootOf(list, openedImage(image!.dir, ['realm', 'seal']), withoutPermission);
      // Its own call sites are all that a script finds: functions and instances of the guest, none of the host.
      expect(Object.keys(loot)).toEqual(['callsite_walk']);
    },
  );
});
