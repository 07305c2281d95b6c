// /endpoints: the list of deployed functions, and TabPy's way to manage them. Must not know interpreters or files.

import type { DeployedFunction, Json } from '../../../src-shared/function.ts';
import { NO_DOCSTRING, shownEndpoint } from '../../../src-shared/function.ts';
import { parseBounded, SMALL_JSON } from '../../../src-shared/bounded-json.ts';
import { isRefusal } from '../../../src-shared/refusal.ts';
import { deploymentOf, notLoading } from '../../functions/deployment.ts';
import { wrongWith } from '../../../src-shared/function-name.ts';
import type { AppDeps, RouteContext } from '../request-context.ts';
import { sendJson } from '../request-context.ts';
import { overHttp, refusals } from '../errors.ts';
import type { HttpRefusal } from '../errors.ts';
import { callerOf, isOnThisComputer } from '../caller.ts';
import { nameIn } from '../path-name.ts';
import { readBody } from '../request-body.ts';
import type { BodyRules } from '../request-body.ts';

type Handler = (ctx: RouteContext) => Promise<void> | void;
type Fields = Readonly<Record<string, Json>>;

/** What TabPy accepts as a path (management_handler.py); a path that leads to a pickle may be any text. */
const PATH = /^[\\:a-zA-Z0-9_~\s/.()-]+$/;

/** The handlers of /endpoints and /endpoints/:name (TabPy's endpoints_handler.py, endpoint_handler.py, management_handler.py). */
export function createEndpointRoutes(
  { registry, runtime, uploads, readSource, log }: AppDeps,
  rules: BodyRules,
): Readonly<Record<'list' | 'add' | 'show' | 'update' | 'remove', Handler>> {
  /** Stores a staged pickle under a name; whether Python can load it becomes the status, as in TabPy. */
  const store = async (
    ctx: RouteContext,
    name: string,
    fields: Fields,
    before: DeployedFunction | undefined,
  ): Promise<DeployedFunction> => {
    const srcPath = fields['src_path'];
    if (!isTrue(srcPath)) throw refusals.badRequest('src_path is required to add/update an endpoint.');
    if (typeof srcPath !== 'string') throw refusals.badRequest('src_path must be a string.');
    const upload = await uploads.read(srcPath);
    if (!upload) throw PATH.test(srcPath) ? nothingStaged(srcPath, uploads.path) : invalidPath(name);
    refuseWrongTypes(fields, before === undefined);
    const isNewVersion = before === undefined || isTrue(fields['should_update_version']);
    const description = textOr(fields['description'], before?.description ?? '');
    const docstring = textOr(fields['docstring'], before?.docstring ?? NO_DOCSTRING);
    const schema = fields['schema'] ?? null;
    const isPublic = isTrue(fields['is_public']);
    const { pickle, isStaged } = upload;
    if (before && !isNewVersion && before.status !== 'LoadFailed' && registry.isCurrent(name, pickle)) {
      return registry.update(name, { description, docstring, schema, isPublic });
    }
    const mayReadSource = isStaged && isOnThisComputer(ctx);
    const found = await runtime.inspect(pickle, callerOf(ctx), mayReadSource ? readSource : null);
    const isUsable = !('error' in found);
    const shown = { name, description, docstring, schema, isPublic };
    const origin = { deployedBy: callerOf(ctx).name, isNewVersion };
    const deployment = deploymentOf(shown, isUsable ? found : notLoading(pickle), pickle, origin);
    const endpoint = await registry.deploy(deployment, before !== undefined);
    if (isUsable) {
      if (found.isRebuilt) log.info(`'${name}' was saved by another Python and was recompiled from its source`);
      for (const note of found.notes) log.warn(`'${name}': ${note}`);
    } else {
      if (found.why !== null) log.warn(`'${name}' could not be recompiled: ${found.why}`);
      registry.noteLoad(name, endpoint.version, 'LoadFailed', found.error);
    }
    return endpoint;
  };

  return {
    list: (ctx) => {
      sendJson(
        ctx,
        200,
        Object.fromEntries([...registry.snapshot().endpoints].map(([name, one]) => [name, shownEndpoint(one)])),
      );
    },
    show: (ctx) => {
      const name = nameIn(ctx.path);
      const endpoint = registry.snapshot().endpoints.get(name);
      if (!endpoint) throw refusals.unknownEndpoint(name);
      sendJson(ctx, 200, shownEndpoint(endpoint));
    },
    add: async (ctx) => {
      const value = await readJson(ctx, rules);
      const fields = isFields(value) ? value : {};
      if (!('name' in fields)) throw refusals.badRequest('name is required to add an endpoint.');
      const { name } = fields;
      if (typeof name !== 'string') throw refusals.badRequest('Endpoint name must be a string');
      if (registry.snapshot().endpoints.has(name)) throw refusals.badRequest(`endpoint ${name} already exists.`);
      const wrong = wrongWith(name);
      if (wrong !== null) throw refusals.badRequest(wrong);
      const endpoint = await asRefusal(async () => {
        if (fields['type'] !== 'alias' || isTrue(fields['src_path'])) return store(ctx, name, fields, undefined);
        const target = fields['target'];
        if (!target) throw refusals.badRequest('Target is required for alias endpoint.');
        if (typeof target !== 'string') throw refusals.badRequest('target must be a string.');
        return registry.addAlias(name, target, textOr(fields['description'], ''));
      });
      sendJson(ctx, 201, { [name]: shownEndpoint(endpoint) });
    },
    update: async (ctx) => {
      const name = nameIn(ctx.path);
      const value = await readJson(ctx, rules);
      const before = registry.snapshot().endpoints.get(name);
      if (!before) throw refusals.noSuchEndpoint(name);
      const fields = isFields(value) ? value : {};
      const endpoint = await asRefusal(() =>
        before.type === 'alias' ? updateAlias(before, fields) : store(ctx, name, fields, before),
      );
      sendJson(ctx, 200, { [name]: shownEndpoint(endpoint) });
    },
    remove: async (ctx) => {
      const name = nameIn(ctx.path);
      if (!registry.snapshot().endpoints.has(name)) throw refusals.noSuchEndpoint(name);
      await asRefusal(() => registry.remove(name));
      ctx.status = 204;
    },
  };

  function updateAlias(before: DeployedFunction, fields: Fields): Promise<DeployedFunction> {
    const target = fields['target'] ?? before.target;
    if (typeof target !== 'string' || !registry.snapshot().endpoints.has(target)) {
      throw refusals.badRequest('Error when changing TabPy state: target endpoint is not valid.');
    }
    return registry.update(before.name, {
      target,
      description: textOr(fields['description'], '') || before.description,
    });
  }
}

async function readJson(ctx: RouteContext, rules: BodyRules): Promise<Json> {
  // This process parses the body, so it must be small; a function itself comes as a file.
  const limitBytes = Math.min(rules.limitBytes, SMALL_JSON.characters);
  const body = await readBody(ctx, { ...rules, limitBytes }, callerOf(ctx));
  if (body.length === 0) throw refusals.emptyBody();
  try {
    return parseBounded(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body), SMALL_JSON) as Json;
  } catch (error) {
    if (isRefusal(error, 'json-too-large'))
      throw refusals.badRequest('The input body is too large.', `${capitalized(error.message)}.`);
    throw refusals.undecodableBody((error as Error).message);
  }
}

async function asRefusal<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    throw overHttp(error);
  }
}

/** TabPy's checks of a function's fields (state.py); an empty field keeps its old value. */
function refuseWrongTypes(fields: Fields, isNew: boolean): void {
  const wrong = (what: string): HttpRefusal => refusals.badRequest(`Error when changing TabPy state: ${what}`);
  for (const [field, name] of [
    ['description', 'description'],
    ['docstring', 'docstring'],
    ['type', 'endpoint type'],
  ] as const) {
    const value = fields[field];
    const isMissing = isNew && field === 'type' && !isTrue(value);
    if (isMissing || (isTrue(value) && typeof value !== 'string')) throw wrong(`${name} must be a string.`);
  }
  if (isTrue(fields['dependencies']) && !Array.isArray(fields['dependencies']))
    throw wrong('dependencies must be a list.');
}

const invalidPath = (name: string): HttpRefusal => refusals.badRequest(`Invalid source path for endpoint ${name}`);

function nothingStaged(srcPath: string, folder: string): HttpRefusal {
  return refusals.badRequest(
    `There is no saved function at ${srcPath}.`,
    `Save it as ${folder}/endpoints/<name>/<version>/pickle_archive first, as TabPy's client does, or deploy with Client(url, remote_server=True).`,
  );
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const isFields = (value: Json): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
/** What Python holds for true. */
const isTrue = (value: Json | undefined): boolean =>
  typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
const textOr = (value: Json | undefined, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;
