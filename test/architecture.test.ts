/** Holds the rules of the house: who imports whom, what is pure, what has no state. Each rule is a sentence of ARCHITECTURE.md. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { invariant, statedInvariants } from './support/invariants.ts';
import { ROOMS, roomOf } from './support/rooms.ts';
import { codeOf, filesBelow, type Import, importsOf, root, textOf } from './support/tree.ts';

const SOURCES = ['shared', 'server', 'client'].flatMap((folder) => filesBelow(folder, /\.ts$/));
const IMPORTS = SOURCES.flatMap(importsOf);

/** Sentences that a structure cannot show, and the tests that hold them. */
const HELD_BY_BEHAVIOUR: Readonly<Record<string, string>> = {
  "Scanning never throws and takes time linear in the document's length.": 'test/fuzz',
  'Nothing leaves the machine before the user has chosen a remote source and agreed; private hosts, credentials and fragments never do.':
    'test/unit/facts, test/unit/sources',
  'Unknown is never shown as zero.': 'test/unit/features, test/unit/report',
};

describe('architecture: who imports whom', () => {
  invariant('`shared` imports neither Node nor VS Code nor anything else of ours.', () =>
    told(
      IMPORTS.filter(({ from, file, specifier }) => {
        if (!from.startsWith('shared/')) return false;
        if (file !== null) return !file.startsWith('shared/');
        return !(specifier === 'vscode-languageserver-protocol' && from === 'shared/protocol.ts');
      }),
    ),
  );

  invariant('`client` imports only `shared`, and no HTTP library is ever in its bundle.', () =>
    told(
      IMPORTS.filter(({ from, file, specifier }) => {
        if (!from.startsWith('client/')) return false;
        if (file !== null) return !/^(client|shared)\//.test(file) && file !== 'package.json';
        return /^(undici|axios|got|node-fetch|fastify|(node:)?https?)$/.test(specifier);
      }),
    ),
  );

  invariant('`server` never imports `vscode`.', () =>
    told(IMPORTS.filter(({ from, specifier }) => from.startsWith('server/') && specifier === 'vscode')),
  );

  invariant('Nothing points up: each room imports only the rooms below it.', () => {
    const strangers = SOURCES.filter((file) => file.startsWith('server/') && !ROOMS.has(roomOf(file))).map(
      (file) => `${file} is in no room known to test/support/rooms.ts`,
    );
    return [...strangers, ...told(IMPORTS.filter(pointsUp))];
  });

  invariant('`facts` knows the source interface and never a source by name; only `sources/registry.ts` names them.', () =>
    told(
      IMPORTS.filter(({ from, file }) => {
        const source = /^server\/src\/sources\/([^/]+)\//.exec(file ?? '')?.[1];
        if (from.startsWith('server/src/facts/')) return file?.startsWith('server/src/sources/') === true && file !== 'server/src/sources/source.ts';
        return source !== undefined && from !== 'server/src/sources/registry.ts' && !from.startsWith(`server/src/sources/${source}/`);
      }),
    ),
  );

  it('nothing that ships imports tests or benchmarks', () => {
    assert.deepEqual(told(IMPORTS.filter(({ file }) => file !== null && /^(test|bench|scripts)\//.test(file))), []);
  });

  it('what is imported exists', () => {
    assert.deepEqual(told(IMPORTS.filter(({ file }) => file !== null && !existsSync(path.join(root, file)))), []);
  });
});

describe('architecture: what code may do', () => {
  invariant('`scan` and `features` are pure: no I/O, no clock, no waiting.', () => {
    const pure = SOURCES.filter((file) => /^server\/src\/(scan|features)\//.test(file));
    const impure = pure.flatMap(importsOf).filter(({ specifier }) => /^node:(?!path|url)/.test(specifier));
    const impureCode = matches(
      pure,
      /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|setTimeout|setInterval|setImmediate|queueMicrotask|fetch)\b|\basync\b|\bawait\b|\bprocess\./g,
    );
    return [...told(impure), ...impureCode];
  });

  invariant('There is no module-level mutable state outside the entries.', () => {
    const entries = new Set([
      'server/src/main.ts',
      'server/src/cli.ts',
      'client/src/extension.ts',
      'client/src/report/webview/main.ts',
      'server/src/linkIndex/readWorker.ts',
      'server/src/linkIndex/ingest/worker.ts',
    ]);
    const rooms = SOURCES.filter((file) => !entries.has(file));
    return [...matches(rooms, /^(export )?(let|var) .*/gm), ...rooms.flatMap(changedConstants)];
  });

  invariant('No barrels, no default exports, and errors are one family with stable codes.', () => [
    ...matches(SOURCES, /^export (\*|\{[^}]*\}) from .*|^export default .*/gm),
    ...matches(
      SOURCES.filter((file) => file.startsWith('server/')),
      /\bthrow new (Error|TypeError|RangeError)\b.*/g,
    ),
  ]);

  invariant("The contract's short names exist only in the files that read and write the wire.", () =>
    matches(
      SOURCES.filter(
        (file) => !['server/src/api/contract.ts', 'server/src/sources/searchmetrics/wire.ts', 'client/src/browser/rowsCall.ts'].includes(file),
      ),
      /\b(extL|intL|sumL|backlinkpage|linktarget|ccode)\b.*/g,
    ),
  );

  it('one folder knows the HTTP client, and nobody replaces the global one', () => {
    const importers = IMPORTS.filter(({ specifier, from, typeOnly }) => specifier === 'undici' && !typeOnly && !from.startsWith('server/src/http/'));
    assert.deepEqual(
      [...told(importers), ...matches(SOURCES, /\bsetGlobalDispatcher\b|(?<![.\w])fetch\(\s*(['"`]|new URL|url|address|endpoint).*/g)],
      [],
    );
  });

  it('nothing is written that the oldest supported Node cannot read', () => {
    assert.deepEqual(matches(filesBelow('', /\.(ts|mjs)$/), /^\s*(await )?using \w+ = .*/gm), []);
  });

  it('SQLite is known to the folders of the index, of the cache and of the keys, and loaded in one file', () => {
    const known = /^server\/src\/(linkIndex\/sqlite\/|facts\/disk\/|api\/access\/|util\/sqlite\.ts$)/;
    const loading = matches(SOURCES, /getBuiltinModule\('node:sqlite'\)|import\('node:sqlite'\)\s*[;)]/g).filter(
      (place) => !place.startsWith('server/src/util/sqlite.ts'),
    );
    assert.deepEqual([...told(IMPORTS.filter(({ specifier, from }) => specifier === 'node:sqlite' && !known.test(from))), ...loading], []);
  });
});

describe('architecture: the text of the house', () => {
  const written = filesBelow('', /\.(ts|mjs|cjs)$/).filter((file) => !file.startsWith('test/fixtures/'));

  it('no file is longer than 350 lines', () => {
    const long = written.map((file) => `${file}: ${textOf(file).split('\n').length - 1}`).filter((line) => Number(line.split(': ')[1]) > 350);
    assert.deepEqual(long, []);
  });

  it('each source file says at its top what it is for', () => {
    assert.deepEqual(
      SOURCES.filter((file) => !/^(#!.*\n)?\/(\*\*|\/)/.test(textOf(file))),
      [],
    );
  });

  it('no file names a path of the machine it was written on', () => {
    const texts = filesBelow('', /\.(ts|mjs|cjs|js|json|md|yml|html|css|svg)$|^\.ci\//).filter((file) => !file.startsWith('test/fixtures/'));
    const known = new Map<string, boolean>();
    assert.deepEqual(
      texts.flatMap((file) => machinePaths(textOf(file), known).map((found) => `${file}: ${found}`)),
      [],
    );
  });

  it('every invariant of ARCHITECTURE.md is held by a test', () => {
    const held = filesBelow('test', /^test\/[a-z]+\.test\.ts$/)
      .map(textOf)
      .join('\n');
    assert.deepEqual(
      statedInvariants().filter((sentence) => !held.includes(sentence)),
      [],
    );
    const places = Object.values(HELD_BY_BEHAVIOUR).flatMap((list) => list.split(', '));
    assert.deepEqual(
      places.filter((place) => filesBelow(place, /\.test\.ts$/).length === 0),
      [],
    );
  });
});

function pointsUp({ from, file }: Import): boolean {
  if (file === null || !from.startsWith('server/') || !file.startsWith('server/')) return false;
  const [here, there] = [roomOf(from), roomOf(file)];
  return here !== there && ROOMS.get(here)?.includes(there) === false;
}

/** Collections at the top of a module that some line of it changes. */
function changedConstants(file: string): string[] {
  const code = codeOf(file);
  const names = [...code.matchAll(/^(?:export )?const (\w+)(?:: [^=]+)? = (?:new (?:Map|Set|WeakMap|WeakSet|Array)\b|\[|\{)/gm)].map(
    (match) => match[1] ?? '',
  );
  return names.flatMap((name) => {
    const change = new RegExp(
      `\\b${name}(\\.(add|set|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill)\\(|(\\[[^\\]]+\\]|\\.\\w+) = )`,
    ).exec(code);
    return change === null ? [] : [`${file}: ${change[0]}`];
  });
}

function told(imports: readonly Import[]): string[] {
  return imports.map(({ from, specifier }) => `${from} imports ${specifier}`);
}

function matches(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) => {
    const code = codeOf(file);
    return [...code.matchAll(pattern)].map((match) => `${file}:${code.slice(0, match.index).split('\n').length}: ${match[0]}`);
  });
}

/**
 * Absolute paths whose first two steps exist here, apart from those that every system has.
 *
 * @param known remembers what exists
 */
function machinePaths(text: string, known: Map<string, boolean>): string[] {
  const exists = (place: string) => {
    const found = known.get(place) ?? existsSync(place);
    known.set(place, found);
    return found;
  };
  const own = [root, homedir()].filter((folder) => folder.length > 2 && text.includes(`${folder}${path.sep}`));
  const common = /^\/(usr|bin|etc|dev|proc|sys|opt|lib|var|tmp|run|sbin|snap)\//;
  const found = [...text.matchAll(/(?<![\w.:/-])(\/[a-z][\w.-]*)\/[\w.-]+/gi)];
  return [...own, ...found.filter(([whole, top = '']) => !common.test(whole) && exists(top) && exists(whole)).map(([whole]) => whole)];
}
