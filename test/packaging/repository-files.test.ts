// Files that other programs read: workflows, forms, dependabot, the editor. They name only what is there.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readYaml, root } from './support/builder.ts';

const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const filesIn = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`);
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Readonly<Record<string, string>> };

interface Launch {
  readonly name: string;
  readonly runtimeExecutable?: string;
  readonly runtimeArgs?: readonly string[];
  readonly program?: string;
  readonly serverReadyAction?: { readonly pattern: string };
}

describe('workflows', () => {
  it.each(filesIn('.github/workflows'))(
    'in %s use actions by the hash of a commit, with its version beside it',
    (file) => {
      const uses = [...textOf(file).matchAll(/uses: (.*)$/gm)].map((match) => match[1]);
      expect(uses.length).toBeGreaterThan(0);
      for (const use of uses) expect(use).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    },
  );

  it('use one hash of each action', () => {
    const uses = filesIn('.github/workflows').flatMap((file) => textOf(file).match(/uses: .*$/gm) ?? []);
    const names = new Set(uses.map((use) => use.split('@')[0]));
    expect(new Set(uses).size).toBe(names.size);
  });

  it.each(filesIn('.github/workflows'))('in %s may change nothing unless a job says so', (file) => {
    expect(readYaml(textOf(file))).toMatchObject({ permissions: { contents: 'read' } });
  });

  it('take the Node that .nvmrc names, which is the one that npm brings', () => {
    const { devDependencies } = JSON.parse(textOf('package.json')) as { devDependencies: { node: string } };
    expect(devDependencies.node.split('.')[0]).toBe(textOf('.nvmrc').trim());
    for (const file of filesIn('.github/workflows')) expect(textOf(file)).toContain('node-version-file: .nvmrc');
  });

  it('name folders of tests that are there', () => {
    for (const file of filesIn('.github/workflows'))
      for (const [folder] of textOf(file).matchAll(/\btest\/[\w-]+/g))
        expect(existsSync(path.join(root, folder))).toBe(true);
  });

  it('run commands and parts of the tests that are there', () => {
    const config = textOf('vitest.config.ts');
    for (const file of filesIn('.github/workflows')) {
      for (const [, script] of textOf(file).matchAll(/npm run ([\w:-]+)/g))
        expect(Object.keys(scripts)).toContain(script);
      for (const [, part] of textOf(file).matchAll(/--project ([\w-]+)/g)) expect(config).toContain(`'${part}'`);
    }
  });

  it('run the tests of Windows and macOS on each pull request', () => {
    const ci = readYaml(textOf('.github/workflows/ci.yml'));
    expect(ci).toHaveProperty('on.pull_request');
    expect(ci).toMatchObject({
      jobs: { systems: { strategy: { matrix: { os: ['windows-latest', 'macos-latest'] } } } },
    });
  });
});

describe('forms for issues', () => {
  const forms = filesIn('.github/ISSUE_TEMPLATE').filter((file) => !file.endsWith('config.yml'));

  it.each(forms)('%s has a name, a description and fields with ids of their own', (file) => {
    const form = readYaml(textOf(file)) as { name: string; description: string; body: { type: string; id?: string }[] };
    expect(form.name).not.toBe('');
    expect(form.description).not.toBe('');
    const ids = form.body.filter(({ type }) => type !== 'markdown').map(({ id }) => id);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('ask for the report that the window makes, by the name of its button', () => {
    const form = readYaml(textOf('.github/ISSUE_TEMPLATE/problem.yml')) as {
      body: { id?: string; attributes: { description?: string }; validations?: { required: boolean } }[];
    };
    const report = form.body.find(({ id }) => id === 'report');
    expect(report?.validations?.required).toBe(true);
    expect(report?.attributes.description).toContain('"Copy report"');
  });
});

describe('dependabot', () => {
  it('looks after npm, actions and the Python of the tests', () => {
    const { updates } = readYaml(textOf('.github/dependabot.yml')) as {
      updates: { 'package-ecosystem': string; directory: string }[];
    };
    const manifests: Readonly<Record<string, string>> = {
      npm: 'package.json',
      'github-actions': '.github/workflows',
      pip: 'requirements.txt',
    };
    expect(updates.map((one) => one['package-ecosystem'])).toEqual(Object.keys(manifests));
    for (const { 'package-ecosystem': kind, directory } of updates)
      expect(existsSync(path.join(root, directory, manifests[kind]!))).toBe(true);
  });
});

describe("the editor's files", () => {
  const { configurations } = JSON.parse(textOf('.vscode/launch.json')) as { configurations: readonly Launch[] };

  it('debug the program, the page and an interpreter', () => {
    const kinds = configurations.map(({ name }) => name.split(':')[0]);
    expect(new Set(kinds)).toEqual(new Set(['Program', 'Page', 'Interpreter']));
  });

  it.each(configurations.map((one) => [one.name, one] as const))('%s starts what is there', (_name, launch) => {
    const { runtimeExecutable, runtimeArgs = [], program } = launch;
    const script = runtimeArgs[0] === 'run' ? runtimeArgs[1] : runtimeArgs[0];
    if (runtimeExecutable === 'npm') expect(Object.keys(scripts)).toContain(script);
    for (const file of [runtimeExecutable, program]) {
      if (file?.startsWith('${workspaceFolder}') !== true) continue;
      expect(statSync(file.replace('${workspaceFolder}', root)).isFile()).toBe(true);
    }
  });

  it('wait for the link that the console prints, and open nothing else', () => {
    const pattern = configurations.find(({ serverReadyAction }) => serverReadyAction)!.serverReadyAction!.pattern;
    const line = 'Its window in a browser: http://127.0.0.1:40123/open?token=a1B2-c3_d4';
    const sources = readdirSync(path.join(root, 'src-main'), { recursive: true, encoding: 'utf8' });
    const printing = sources.filter(
      (file) => file.endsWith('.ts') && textOf(`src-main/${file}`).includes('Its window in a browser: ${link}'),
    );
    expect(printing).toHaveLength(1);
    expect(new RegExp(pattern).exec(line)?.[1]).toBe('http://127.0.0.1:40123/open?token=a1B2-c3_d4');
    expect('Listening on http://localhost:9004').not.toMatch(new RegExp(pattern));
  });

  it('recommend extensions by their ids', () => {
    const { recommendations } = JSON.parse(textOf('.vscode/extensions.json')) as { recommendations: readonly string[] };
    for (const id of recommendations) expect(id).toMatch(/^[\w-]+\.[\w-]+$/);
  });
});
