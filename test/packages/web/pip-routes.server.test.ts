// The routes that pip would take, for the index and for Pyodide's builds alike.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBuilds } from '../../../src-main/packages/store/pyodide-place.ts';
import { pyodidePlace } from '../../../src-main/packages/store/sources.ts';
import { pipRoutes } from '../../../src-main/packages/web/pip-routes.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { startCdn } from '../support/fake-cdn.ts';
import { startProxy } from '../support/fake-proxy.ts';

const NO_PIP = { index: null, proxy: null, certificates: null };

describe('the routes of pip', () => {
  it('lead through the proxy of the settings, else of pip, else of the environment', async () => {
    const env = { HTTPS_PROXY: 'http://env:1' };
    const pip = { ...NO_PIP, proxy: 'http://pip:1' };
    expect(await pipRoutes('http://own:1', { pip, env })).toMatchObject({ proxy: 'http://own:1' });
    expect(await pipRoutes('', { pip, env })).toMatchObject({ proxy: 'http://pip:1' });
    expect(await pipRoutes('', { pip: NO_PIP, env })).toEqual({ env, proxy: '', certificates: null });
  });

  it('trust the certificates that pip trusts, where the file can be read', async () => {
    const file = path.join(temporaryFolder(), 'ours.pem');
    const pip = { ...NO_PIP, certificates: file };
    expect(await pipRoutes('', { pip, env: {} })).toMatchObject({ certificates: null });
    writeFileSync(file, 'a certificate');
    expect(await pipRoutes('', { pip, env: {} })).toMatchObject({ certificates: 'a certificate' });
  });

  it('lead to Pyodide’s builds too', async () => {
    const [cdn, proxy] = [await startCdn({ 'lxml.whl': 'x'.repeat(12) }), await startProxy()];
    const place = { ...pyodidePlace('', undefined, { PIP_PROXY: proxy.address }), url: cdn.url };
    expect(await findBuilds(['lxml.whl'], place)).toEqual({ bytes: new Map([['lxml.whl', 12]]), fault: null });
    expect(proxy.asked).toEqual([`HEAD ${cdn.url}lxml.whl`]);
  });
});
