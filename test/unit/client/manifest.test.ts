/** The manifest and the code name the same settings, defaults and commands. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS } from '../../../shared/protocol.ts';
import { DEFAULT_SETTINGS, SETTING_KEYS, type Settings } from '../../../shared/settings.ts';

const root = path.join(import.meta.dirname, '../../..');

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, { readonly default: unknown; readonly scope: string }>> }[];
    readonly commands: readonly { readonly command: string; readonly icon?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
  };
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
const settings = Object.assign({}, ...manifest.contributes.configuration.map(({ properties }) => properties)) as Record<
  string,
  { default: unknown; scope: string }
>;
const commands = manifest.contributes.commands.map(({ command }) => command);

describe('the manifest', () => {
  it('has exactly our settings, with our defaults', () => {
    const ours = Object.entries(SETTING_KEYS).map(([name, key]) => [`backlinkLens.${key}`, DEFAULT_SETTINGS[name as keyof Settings]]);
    const theirs = Object.entries(settings).map(([key, { default: value }]) => [key, value]);
    assert.deepEqual(Object.fromEntries(theirs), Object.fromEntries(ours));
    console.log(`      ${theirs.length} settings`);
  });

  it('lets no workspace decide where anything is sent', () => {
    for (const key of ['source', 'searchmetrics.endpoint', 'endpoints', 'automatic', 'budget.perDay', 'neverSend', 'caFile'])
      assert.equal(settings[`backlinkLens.${key}`]?.scope, 'application', key);
  });

  it('restricts the paths of files in folders that are not trusted', () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['backlinkLens.index.path', 'backlinkLens.ranks.path']);
  });

  it('wakes up for HTML and Markdown, for reports that a window had open, and for nothing else of its own accord', () => {
    assert.deepEqual(manifest.activationEvents, ['onLanguage:html', 'onLanguage:markdown', 'onWebviewPanel:backlinkLens.report']);
  });

  it('names only commands that are registered, in menus too', () => {
    const registered = registeredCommands();
    for (const command of commands) assert.ok(registered.has(command), `${command} is declared but not registered`);
    for (const [menu, entries] of Object.entries(manifest.contributes.menus)) {
      for (const { command } of entries) assert.ok(commands.includes(command), `${menu}: ${command}`);
    }
    const hiddenOnly = new Set([
      'backlinkLens.loadMore',
      'backlinkLens.thisPage.more',
      'backlinkLens.openSizeSetting',
      COMMANDS.showBacklinks,
      COMMANDS.ignore,
    ]);
    assert.deepEqual(
      [...registered].filter((command) => !commands.includes(command) && !hiddenOnly.has(command)),
      [],
    );
  });

  it('shows at most ten commands in the palette besides those that come with an open document', () => {
    const hidden = new Set(manifest.contributes.menus['commandPalette']?.filter(({ when }) => when !== undefined).map(({ command }) => command));
    assert.ok(commands.filter((command) => !hidden.has(command)).length <= 10);
  });
});

describe('the client', () => {
  it('listens to each message of the server in one place: a second listener would silence the first', () => {
    const folder = path.join(root, 'client/src');
    const texts = readdirSync(folder, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'));
    const messages = texts.flatMap((text) => [...text.matchAll(/\.on(?:Notification|Request)\((\w+)/g)].map(([, name]) => name));
    assert.ok(messages.length >= 3, messages.join());
    assert.equal(new Set(messages).size, messages.length, messages.join());
  });
});

/** Ids in calls of registerCommand, and of the constants that stand for them. */
function registeredCommands(): Set<string> {
  const folder = path.join(root, 'client/src');
  const found = new Set<string>(Object.values(COMMANDS));
  for (const file of readdirSync(folder, { recursive: true }).map(String)) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(path.join(folder, file), 'utf8');
    for (const [, id] of text.matchAll(/(?:registerCommand|command)\('(backlinkLens\.[\w.]+)'/g)) found.add(id ?? '');
    for (const [, id] of text.matchAll(/export const [A-Z_]+ = '(backlinkLens\.[\w.]+)'/g)) found.add(id ?? '');
  }
  return found;
}
