// Note below the field while a name is typed: the package is included already. It is known here; nobody is asked.

import { meantPackage } from '../../../src-shared/package.ts';
import type { BundledPackage } from '../../../src-shared/package.ts';
import { PACKAGE_WORDS as words } from './words.ts';

/** The included package that is meant, by its name or a module of it; null: another one, or a certain version. */
export function includedAs(text: string, bundled: readonly BundledPackage[]): BundledPackage | null {
  const meant = meantPackage(text.trim(), bundled);
  return bundled.find(({ name }) => name === meant?.name) ?? null;
}

export function IncludedNote({ included }: { readonly included: BundledPackage | null }) {
  return (
    <p className="packages__included small" role="status">
      {included && (
        <>
          <span aria-hidden="true">✓ </span>
          {words.included(`${included.name} ${included.version}`, included.imports)}
        </>
      )}
    </p>
  );
}
