// Card of the packages that TabPy Tray includes, with versions.

import type { BundledPackage } from '../../../src-shared/package.ts';
import { Card } from '../../components/card.tsx';
import { Facts } from '../../components/facts.tsx';
import { PACKAGE_WORDS as words } from './words.ts';

export function BundledCard({ bundled }: { readonly bundled: readonly BundledPackage[] }) {
  const known = bundled.filter(({ name }) => name in words.about);
  const others = bundled.filter(({ name }) => !(name in words.about));
  return (
    <Card title={words.bundled}>
      {bundled.length === 0 ? (
        <p className="soft">{words.bundledNone}</p>
      ) : (
        <div className="packages__bundled">
          <Facts
            facts={known.map(({ name, version, imports }) => ({
              name,
              value: (
                <>
                  <span className="figure">{version}</span> <span className="soft">{words.about[name]}</span>{' '}
                  {imports.length > 0 && <span className="code faint">{words.imports(imports)}</span>}
                </>
              ),
            }))}
          />
          {others.length > 0 && (
            <p className="soft small">
              {words.alsoBundled(others.map(({ name, version }) => `${name} ${version}`).join(', '))}
            </p>
          )}
        </div>
      )}
      <p className="soft packages__more">{words.standard}</p>
    </Card>
  );
}
