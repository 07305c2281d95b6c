// Tests the server's own connection as Tableau would, and reports what blocks it. Must not change anything.

import { X509Certificate } from 'node:crypto';
import { explanationOf, titleOf } from '../../src-shared/state-words.ts';
import { addressOf } from '../../src-shared/service-state.ts';
import type { Address, ServiceState } from '../../src-shared/service-state.ts';
import type { SelfTestStep } from '../../src-shared/self-test.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Asked } from '../listening/ask-info.ts';

export interface SelfTestDeps {
  readonly state: () => ServiceState;
  readonly settings: () => Settings;
  /** Requests /info at an address of this computer. */
  readonly askInfo: (address: Address, host: string) => Promise<Asked>;
  /** The addresses of a name on this computer, in the order in which programs try them. Rejects when there are none. */
  readonly resolve: (name: string) => Promise<readonly string[]>;
  /** Sends Tableau's probe to the server itself. Returns its status. Rejects with the reason. */
  readonly probe: (body: string) => Promise<number>;
  /** The text of the certificate file (PEM). */
  readonly readCertificate: (file: string) => Promise<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Tableau's request to find out whether scripts run (wire contract). */
const PROBE = JSON.stringify({ data: { _arg1: [4] }, script: 'return int(1)' });
const NO_SUCH_FAMILY = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENETUNREACH']);

/** The checks in the order in which a connection is made. Never rejects. */
export async function selfTest(deps: SelfTestDeps): Promise<readonly SelfTestStep[]> {
  const state = deps.state();
  const address = addressOf(state);
  if (address === null) {
    const why = explanationOf(state) || `${titleOf(state)}. Start the server.`;
    return [step('listening', 'bad', why), ...proxySteps(deps.environment)];
  }
  const { hosts, port } = address;
  const listening = step('listening', 'good', `The server listens on ${hosts.join(' and ')}, port ${port}.`);
  return [
    listening,
    ...(await nameSteps(deps, address)),
    ...proxySteps(deps.environment),
    ...(await certificateSteps(deps, address)),
    ...signInSteps(deps.settings()),
    await pythonStep(deps, state),
  ];
}

/** Tableau gets `localhost`, so each address of that name is tested. */
async function nameSteps(deps: SelfTestDeps, address: Address): Promise<readonly SelfTestStep[]> {
  let means: readonly string[];
  try {
    means = await deps.resolve('localhost');
  } catch {
    const text = 'This computer does not know the name localhost. Enter 127.0.0.1 as the server in Tableau.';
    return [step('name', 'bad', text)];
  }
  const name = step('name', 'good', `The name localhost stands for ${means.join(', then ')}.`);
  const tried = [...new Set([...means, '127.0.0.1', '::1'])];
  const answers = await Promise.all(tried.map((host) => deps.askInfo(address, host)));
  const steps = tried.map((host, index) => addressStep(host, answers[index]!, address, means.includes(host)));
  return [name, ...steps.filter((one) => one !== null)];
}

function addressStep(host: string, asked: Asked, { hosts, port }: Address, isMeant: boolean): SelfTestStep | null {
  const other = hosts.find((one) => one !== host);
  if (asked.kind === 'answered' && !asked.isOurs) {
    const cure = `Stop that program${other ? `, or enter ${other} in Tableau` : ''}.`;
    const text = `Another program answers at ${host}, port ${port}. ${cure}`;
    return step('address', isMeant ? 'bad' : 'note', text);
  }
  if (asked.kind === 'answered') {
    return step('address', 'good', `The server answers at ${host} in ${asked.elapsedMs.toFixed(1)} ms.`);
  }
  if (NO_SUCH_FAMILY.has(asked.code)) {
    return isMeant
      ? step('address', 'note', `This computer has no address ${host}. Tableau uses the other address.`)
      : null;
  }
  const listens = hosts.includes(host) || hosts.includes('::') || hosts.includes('0.0.0.0');
  const cure = listens
    ? 'Another program, such as a firewall, blocks it. Allow it there.'
    : `The server does not listen at this address. Add ${host} under Settings ▸ Addresses${other ? `, or enter ${other} in Tableau` : ''}.`;
  return step('address', isMeant ? 'bad' : 'note', `${host} port ${port} does not answer (${asked.code}). ${cure}`);
}

function proxySteps(environment: SelfTestDeps['environment']): readonly SelfTestStep[] {
  const valueOf = (name: string): string => environment[name] || environment[name.toLowerCase()] || '';
  const set = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].filter((name) => valueOf(name) !== '');
  if (set.length === 0) return [];
  const without = new Set(
    valueOf('NO_PROXY')
      .split(',')
      .map((one) => one.trim()),
  );
  if (without.has('*') || without.has('localhost')) {
    return [step('proxy', 'good', `A proxy is set (${set.join(', ')}), but not for localhost.`)];
  }
  const text = `A proxy is set (${set.join(', ')}), and some programs use it for localhost too. Add localhost,127.0.0.1,::1 to NO_PROXY.`;
  return [step('proxy', 'note', text)];
}

async function certificateSteps(deps: SelfTestDeps, { protocol }: Address): Promise<readonly SelfTestStep[]> {
  if (protocol === 'http') return [];
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(await deps.readCertificate(deps.settings().certificateFile));
  } catch (error) {
    return [step('certificate', 'bad', `The certificate cannot be read: ${(error as Error).message}.`)];
  }
  const { subject, issuer, validTo } = certificate;
  if (new Date(validTo).getTime() < Date.now()) {
    return [step('certificate', 'bad', `The certificate expired on ${validTo}. Replace it with a new certificate.`)];
  }
  if (certificate.checkHost('localhost') === undefined) {
    const names = certificate.subjectAltName ?? subject;
    return [
      step(
        'certificate',
        'bad',
        `The certificate is not valid for localhost. In Tableau, enter a name from the certificate: ${names}.`,
      ),
    ];
  }
  return subject === issuer
    ? [step('certificate', 'note', 'The certificate is self-signed. Tableau connects only if this computer trusts it.')]
    : [step('certificate', 'good', `The certificate is valid for localhost until ${validTo}.`)];
}

function signInSteps({ passwordFile }: Settings): readonly SelfTestStep[] {
  if (passwordFile === '') return [];
  return [
    step('sign-in', 'note', 'Sign-in is required. In Tableau, enter a user name and password from the password file.'),
  ];
}

async function pythonStep(deps: SelfTestDeps, state: ServiceState): Promise<SelfTestStep> {
  if (state.kind === 'python-failed') return step('python', 'bad', `Python did not start: ${state.why}`);
  if (state.kind === 'starting')
    return step('python', 'note', 'Python is starting. Calculations wait until it is ready.');
  if (!deps.settings().evaluateEnabled) {
    return step(
      'python',
      'note',
      'Ad-hoc scripts are switched off under Settings. Only deployed functions (MODEL_EXTENSION_…) work.',
    );
  }
  try {
    const status = await deps.probe(PROBE);
    return status === 200
      ? step('python', 'good', "Python answers Tableau's test calculation.")
      : step('python', 'bad', `Tableau's test calculation was answered with ${status}. See Requests for the reason.`);
  } catch (error) {
    return step('python', 'bad', (error as Error).message);
  }
}

function step(about: SelfTestStep['about'], outcome: SelfTestStep['outcome'], text: string): SelfTestStep {
  return { about, outcome, text };
}
