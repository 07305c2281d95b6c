// A function as GET /endpoints shows it, to be read and copied.

import type { DeployedFunction } from '../../../src-shared/function.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { endpointJson } from './endpoint-json.ts';
import { schemaText } from '../../store/function-schema.ts';
import { useCopy } from '../../store/use-copy.ts';
import { STRINGS } from '../../words.ts';

const words = STRINGS.functions;

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
