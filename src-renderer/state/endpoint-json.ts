// A function as GET /endpoints shows it (TabPy's fields), to be read and copied. Pure.

import type { Endpoint } from '../../src-shared/endpoint.ts';

export function endpointJson(endpoint: Endpoint): string {
  const shown = {
    description: endpoint.description,
    type: endpoint.type,
    version: endpoint.version,
    dependencies: endpoint.dependencies,
    target: endpoint.target,
    creation_time: endpoint.creationTime,
    last_modified_time: endpoint.lastModifiedTime,
    schema: endpoint.schema,
    is_public: endpoint.isPublic,
    docstring: endpoint.docstring,
  };
  return JSON.stringify({ [endpoint.name]: shown }, null, 2);
}
