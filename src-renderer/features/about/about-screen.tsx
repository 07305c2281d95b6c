// The screen About: versions, where the data lies, how to report a problem, and the licences of what the program brings.

import type { ReactNode } from 'react';
import type { About } from '../../../src-shared/about.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { Facts } from '../../components/facts.tsx';
import { useCopy } from '../../store/use-copy.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { useAbout } from './use-about.ts';
import { ABOUT_WORDS as words } from './words.ts';
import './about.css';

export function AboutScreen({ report }: { readonly report: ReactNode }) {
  const about = useAbout();
  if (about === null) return <p className="soft">{words.loading}</p>;
  return (
    <div className="about">
      <ProgramCard about={about} />
      <IssuesCard issues={about.issues} />
      {report}
      <PackagesCard about={about} />
      <LicencesCard about={about} />
    </div>
  );
}

function ProgramCard({ about }: { readonly about: About }) {
  const { calls, store } = useProgram();
  const surface = usePage((page) => page.program.surface);
  const { version, python, pyodide, packages, dataDir } = about;
  return (
    <Card
      title={words.program}
      actions={
        surface === 'app' && (
          <Button icon="folder" onPress={() => void store.attempt(calls.openFolder('data'))}>
            {words.openDataFolder}
          </Button>
        )
      }
    >
      <Facts
        facts={[
          { name: words.version, value: version },
          { name: words.python, value: python === null ? words.pythonNotReady : words.pythonIs(python, pyodide) },
          { name: words.packageCount, value: words.packagesAre(packages.length) },
          { name: words.licence, value: words.licenceIs },
          { name: words.dataFolder, value: <span className="code">{dataDir}</span> },
        ]}
      />
    </Card>
  );
}

/** The window opens no pages of the network, so that the address is shown and copied. */
function IssuesCard({ issues }: { readonly issues: string | null }) {
  const copy = useCopy();
  if (issues === null) return null;
  return (
    <Card title={words.tell}>
      <p className="soft about__lead">{words.tellAt}</p>
      <CodeBlock text={issues} copyLabel={words.copyAddress} onCopy={copy} />
    </Card>
  );
}

function PackagesCard({ about: { packages } }: { readonly about: About }) {
  return (
    <Card title={words.packages}>
      {packages.length === 0 ? (
        <p className="soft">{words.packagesNone}</p>
      ) : (
        <div className="about__packages">
          <Facts
            facts={packages.map(({ name, version, licence }) => ({
              name,
              value: (
                <>
                  <span className="figure">{version}</span>{' '}
                  <span className="soft">{licence ?? words.licenceUnknown}</span>
                </>
              ),
            }))}
          />
        </div>
      )}
    </Card>
  );
}

function LicencesCard({ about: { licences } }: { readonly about: About }) {
  if (licences.kind === 'none') {
    return (
      <Card title={words.licences}>
        <p className="soft">{words.licencesNone(licences.place)}</p>
      </Card>
    );
  }
  return (
    <Card title={words.licences}>
      {/* It takes the focus, so that the keyboard scrolls it. */}
      <div className="about__licences" role="region" aria-label={words.licencesText} tabIndex={0}>
        <pre>{licences.text}</pre>
      </div>
      <p className="soft small about__place">{words.licencesIn(licences.place)}</p>
    </Card>
  );
}
