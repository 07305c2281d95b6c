// GET /: a small page that describes this server and lists its functions. Read only; must not need scripts.

import type { AppDeps, RouteContext } from '../request-context.ts';

export function createIndexRoute(deps: AppDeps): (ctx: RouteContext) => void {
  const { registry, runtime, serverVersion } = deps;
  return (ctx) => {
    const settings = deps.settings();
    const functions = [...registry.snapshot().endpoints.values()];
    const { idle, busy } = runtime.counts();
    const rows = functions
      .map(
        (one) =>
          `<tr><td>${text(one.name)}</td><td>${one.version}</td><td>${text(one.lastError ?? one.status)}</td></tr>`,
      )
      .join('');
    ctx.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    ctx.set('Content-Type', 'text/html; charset=utf-8');
    ctx.body = Buffer.from(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${text(settings.name)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:40rem;padding:0 1rem;color-scheme:light dark}
td,th{padding:.25rem 1rem .25rem 0;text-align:left}code{font:inherit;font-family:ui-monospace,monospace}</style>
<h1>${text(settings.name)}</h1>
<p>${text(settings.description)}</p>
<p>This is a TabPy server (${text(serverVersion)}). Python is ${idle + busy > 0 ? 'ready' : 'starting'}.</p>
<p>In Tableau: <b>Help ▸ Settings and Performance ▸ Manage Analytics Extension Connection ▸ TabPy</b>,
server <code>localhost</code>, port <code>${ctx.socket.localPort ?? settings.port}</code>.</p>
<h2>Functions</h2>
${functions.length > 0 ? `<table><tr><th>Name<th>Version<th>Status</tr>${rows}</table>` : '<p>None is deployed yet.</p>'}
</html>
`);
  };
}

/** Text from the network is shown as text. */
function text(value: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return value.replace(/[&<>"']/g, (char) => names[char] ?? char);
}
