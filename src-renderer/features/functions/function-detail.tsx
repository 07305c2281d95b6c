// One function in parts: overview, test, code, formulas, versions and JSON.

import { useEffect } from 'react';
import type { DeployedFunction } from '../../../src-shared/function.ts';
import type { FunctionDetail as Detail } from '../../../src-shared/function-detail.ts';
import { Banner } from '../../components/banner.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { PartTabs } from '../../components/part-tabs.tsx';
import { draftOfDeployed } from '../../store/draft.ts';
import type { Draft } from '../../store/draft.ts';
import { useBeginDraft, useAuthoring } from '../../store/use-authoring.ts';
import { useFunctionDetail } from './use-function-detail.ts';
import type { LookedUp } from './use-function-detail.ts';
import { useProgram } from '../../store/use-page.ts';
import { useSaveExport } from './transfer/use-save-export.ts';
import { WORDS } from '../../text/words.ts';
import { FUNCTION_WORDS as words } from './words.ts';
import { BackLink, StatusBadge, useHeadingFocus } from './function-head.tsx';
import { CodePart } from './code-part.tsx';
import { Formulas } from './formula-part.tsx';
import { JsonPart } from './json-part.tsx';
import { Overview } from './overview.tsx';
import { RemoveButton } from './remove-button.tsx';
import { TestPart } from './trial/test-part.tsx';
import { VersionsPart } from './versions/versions-part.tsx';
import '../../components/card.css';
import './function-detail.css';

export function FunctionDetail({ endpoint }: { readonly endpoint: DeployedFunction }) {
  const { name, status, version } = endpoint;
  const found = useFunctionDetail(endpoint);
  const detail = found.kind === 'here' ? found.value : null;
  const deployed = useAuthoring((authoring) =>
    // A later version was not deployed here: the message is not true any more.
    authoring.deployed?.name === name && version <= authoring.deployed.version ? authoring.deployed : null,
  );
  const { authoring } = useProgram();
  const heading = useHeadingFocus();
  const { save, isSaving } = useSaveExport();
  const parts = [
    { id: 'overview', content: <Overview endpoint={endpoint} detail={detail} /> },
    { id: 'test', content: <TestPart endpoint={endpoint} found={found} /> },
    { id: 'code', content: <CodePart endpoint={endpoint} found={found} /> },
    { id: 'formula', content: <Formulas endpoint={endpoint} parameters={detail?.parameters ?? null} /> },
    { id: 'versions', content: <VersionsPart endpoint={endpoint} found={found} /> },
    { id: 'json', content: <JsonPart endpoint={endpoint} /> },
  ] as const;
  // The message about the deployment is shown once.
  useEffect(() => () => authoring.change({ deployed: null }), [authoring]);
  return (
    <article className="card function" aria-label={name}>
      <header className="function__head">
        <BackLink />
        <h2 ref={heading} tabIndex={-1} className="code">
          {name}
        </h2>
        <span className="soft small">{words.version(version)}</span>
        <StatusBadge status={status} />
        <div className="function__actions">
          <EditButton endpoint={endpoint} found={found} />
          <Button icon="out" isDisabled={isSaving} onPress={() => void save([name])}>
            {words.exportOne}
          </Button>
          <RemoveButton name={name} />
        </div>
      </header>
      {deployed && (
        <Banner
          tone="info"
          actions={
            <>
              {deployed.others && <AnotherButton draft={deployed.others} />}
              <IconButton icon="close" label={WORDS.dismiss} onPress={() => authoring.change({ deployed: null })} />
            </>
          }
        >
          <b>{words.deployed(name, deployed.version)}</b> {words.deployedNext}
        </Banner>
      )}
      <PartTabs
        label={words.partsLabel}
        look="function__parts"
        first={deployed === null ? 'overview' : 'formula'}
        parts={parts.map(({ id, content }) => ({ id, title: words.parts[id], content }))}
      />
    </article>
  );
}

/** A file may define more functions than the one that was deployed. */
function AnotherButton({ draft }: { readonly draft: Draft }) {
  const begin = useBeginDraft();
  return <Button onPress={() => begin(draft)}>{words.another(draft.file ?? '')}</Button>;
}

interface EditButtonProps {
  readonly endpoint: DeployedFunction;
  readonly found: LookedUp<Detail | null>;
}

/** Only where there is a source to edit; an alias has none of its own. */
function EditButton({ endpoint, found }: EditButtonProps) {
  const begin = useBeginDraft();
  const draft = found.kind === 'here' && found.value ? draftOfDeployed(found.value) : null;
  if (endpoint.type === 'alias') return null;
  return (
    <Button icon="edit" isDisabled={draft === null} onPress={() => draft && begin(draft)}>
      {words.edit}
    </Button>
  );
}
