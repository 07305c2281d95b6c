// A deployed function, as the service, the page and the interpreters agree on it. Knows no files and no HTTP.

/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** TabPy's words for the state of a deployed function (GET /status). */
export type LoadStatus = 'LoadSuccessful' | 'LoadFailed' | 'LoadInProgress';

/** A deployed function (`model`), or another name for one (`alias`). Times are whole seconds since 1970-01-01 UTC. */
export interface DeployedFunction {
  readonly name: string;
  readonly type: 'model' | 'alias';
  readonly version: number;
  readonly description: string;
  readonly docstring: string;
  /** The schema as it was given; TabPy's client sends the text of a Python dict. */
  readonly schema: Json;
  readonly isPublic: boolean;
  readonly creationTime: number;
  readonly lastModifiedTime: number;
  readonly dependencies: readonly string[];
  readonly methods: readonly Json[];
  /** The function that an alias stands for. */
  readonly target: string | null;
  readonly status: LoadStatus;
  readonly lastError: string | null;
}

/** A function as GET /endpoints shows it, in TabPy's names (endpoints_handler.py). */
export function shownEndpoint(endpoint: DeployedFunction): { readonly [field: string]: Json } {
  return {
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
}

/** TabPy's text for a function without a docstring (custom_query_object.py). */
export const NO_DOCSTRING = '-- no docstring found in query function --';
