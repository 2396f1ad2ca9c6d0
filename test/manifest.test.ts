/** The manifest against the code behind it: settings, sentences, commands, rules, error codes. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { RULES, SEVERITIES } from '../shared/rules.ts';
import { DEFAULT_SETTINGS, SETTING_KEYS, type Settings } from '../shared/settings.ts';
import { invariant } from './support/invariants.ts';
import { filesBelow, jsonOf, root, textOf } from './support/tree.ts';

interface Property {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, { readonly default?: unknown; readonly enum?: readonly string[] }>>;
}

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Property>> }[];
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus?: Readonly<Record<string, readonly { readonly command?: string }[]>>;
  };
}

const manifest = jsonOf('package.json') as Manifest;
const sentences = jsonOf('package.nls.json') as Readonly<Record<string, string>>;
const properties = Object.assign({}, ...manifest.contributes.configuration.map((section) => section.properties)) as Record<string, Property>;
const commands = manifest.contributes.commands.map(({ command }) => command);
const clientCode = filesBelow('client', /\.ts$/).map(textOf).join('\n');

describe('manifest', () => {
  invariant('The settings in the manifest, in `shared/settings.ts` and in `package.nls.json` are the same.', () => {
    const names = Object.keys(SETTING_KEYS) as (keyof Settings)[];
    const wanted = names.map((name) => `backlinkLens.${SETTING_KEYS[name]}`);
    const different = names.filter(
      (name) => JSON.stringify(properties[`backlinkLens.${SETTING_KEYS[name]}`]?.default) !== JSON.stringify(DEFAULT_SETTINGS[name]),
    );
    return [
      ...missing(wanted, Object.keys(properties)).map((key) => `not in the manifest: ${key}`),
      ...missing(Object.keys(properties), wanted).map((key) => `not in shared/settings.ts: ${key}`),
      ...different.map((name) => `another default: ${name}`),
      ...wanted.filter((key) => !sentences[`setting.${key.replace('backlinkLens.', '')}`]).map((key) => `not in package.nls.json: ${key}`),
    ];
  });

  it('offers each rule with its default severity and all severities', () => {
    const offered = properties['backlinkLens.rules']?.properties ?? {};
    assert.deepEqual(Object.keys(offered).sort(), RULES.map(({ code }) => code).sort());
    for (const { code, severity } of RULES) assert.deepEqual([offered[code]?.default, offered[code]?.enum], [severity, SEVERITIES], code);
  });

  it('explains each rule in docs/rules', () => {
    assert.deepEqual(
      RULES.map(({ code }) => `docs/rules/${code}.md`).filter((file) => !existsSync(path.join(root, file))),
      [],
    );
  });

  it('has a sentence for each placeholder, and a placeholder for each sentence', () => {
    const used = [...textOf('package.json').matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? '');
    assert.deepEqual(missing(used, Object.keys(sentences)), []);
    assert.deepEqual(missing(Object.keys(sentences), used), []);
  });

  it('has the same sentences in every language', () => {
    for (const file of filesBelow('', /^package\.nls\.\w+\.json$/))
      assert.deepEqual(Object.keys(jsonOf(file) as object).sort(), Object.keys(sentences).sort(), file);
  });

  it('names commands that exist in menus, and registers every command', () => {
    const inMenus = Object.values(manifest.contributes.menus ?? {}).flatMap((items) => items.flatMap(({ command }) => command ?? []));
    assert.deepEqual(missing(inMenus, commands), []);
    const registered = (id: string) => clientCode.includes(`'${id}'`) || clientCode.includes(`COMMANDS.${sharedName(id)}`);
    assert.deepEqual(
      commands.filter((id) => !registered(id)),
      [],
    );
  });
});

describe('docs', () => {
  it('explain every error code', () => {
    const codes = [...textOf('server/src/util/errors.ts').matchAll(/^ {2}\| '([a-z]+\.[a-z-]+)'/gm)].map((match) => match[1] ?? '');
    assert.ok(codes.length > 5);
    const explained = existsSync(path.join(root, 'docs/errors.md')) ? textOf('docs/errors.md') : '';
    assert.deepEqual(
      codes.filter((code) => !explained.includes(`\`${code}\``)),
      [],
    );
  });

  it('link to files that exist', () => {
    const documents = filesBelow('', /^([A-Z]+\.md|docs\/.*\.md)$/);
    const broken = documents.flatMap((file) =>
      [...withoutCode(textOf(file)).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
        .map((match) => path.posix.join(path.posix.dirname(file), decodeURI(match[1] ?? '')))
        .filter((target) => !existsSync(path.join(root, target)))
        .map((target) => `${file}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });
});

/** Markdown without what stands in it as an example. */
function withoutCode(markdown: string): string {
  return markdown.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '').replace(/(`+)[\s\S]*?\1/g, '');
}

function missing(wanted: readonly string[], present: readonly string[]): string[] {
  return wanted.filter((entry) => !present.includes(entry));
}

/** The name of a command in COMMANDS of shared/protocol.ts. */
function sharedName(id: string): string {
  const pattern = new RegExp(`(\\w+): '${id.replaceAll('.', '\\.')}'`);
  return pattern.exec(textOf('shared/protocol.ts'))?.[1] ?? 'none';
}
