import { describe, expect, it } from 'vitest';

import type { Launch } from '../../../src-main/engines/builtin/host/launch.ts';
import { studyAttacks } from '../../attacks/attack-list.ts';
import type { Attack } from '../../attacks/attack-list.ts';
import { createAttackWorld } from './support/attack-world.ts';
import { openedImage } from './support/opened-image.ts';
import { sharedImage } from './support/shared-image.ts';

const AT_ONCE = 2;
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

describe('the walls', () => {
  it('are tried with every kind of attack', () => {
    expect([...new Set(studyAttacks.map(({ category }) => category))].toSorted()).toEqual(CATEGORIES.toSorted());
  });

  it.each(CATEGORIES)('let no attack of the kind "%s" through', { timeout: 180_000 }, async (category) => {
    const list = studyAttacks.filter((attack) => attack.category === category);
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
      const list = studyAttacks.filter(({ category }) => !['dos', 'tenant'].includes(category));
      const loot = await lootOf(list, openedImage(image!.dir, ['realm', 'seal']), withoutPermission);
      // Its own call sites are all that a script finds: functions and instances of the guest, none of the host.
      expect(Object.keys(loot)).toEqual(['callsite_walk']);
    },
  );
});
