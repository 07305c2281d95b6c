// Function as GET /endpoints shows it, to read and copy.

import { shownEndpoint } from '../../../src-shared/function.ts';
import type { DeployedFunction } from '../../../src-shared/function.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { schemaText } from '../../store/function-schema.ts';
import { useCopy } from '../../store/use-copy.ts';
import { FUNCTION_WORDS as words } from './words.ts';

export function JsonPart({ endpoint }: { readonly endpoint: DeployedFunction }) {
  const copy = useCopy();
  const schema = typeof endpoint.schema === 'string' ? schemaText(endpoint.schema) : null;
  return (
    <>
      <p className="small faint">{words.json}</p>
      <CodeBlock text={endpointJson(endpoint)} copyLabel={words.copyJson} onCopy={copy} />
      {schema && (
        <>
          <p className="small faint">{words.schema}</p>
          <CodeBlock text={schema} copyLabel={words.copy(words.schema)} onCopy={copy} />
        </>
      )}
    </>
  );
}

function endpointJson(endpoint: DeployedFunction): string {
  return JSON.stringify({ [endpoint.name]: shownEndpoint(endpoint) }, null, 2);
}
