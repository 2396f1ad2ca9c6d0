/** One open generation: read-only. What \`index add\` commits to it meanwhile is there at the next question. */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { BacklinkLensError } from '../../util/errors.ts';
import { SQLITE_BUSY, SQLITE_CORRUPT, SQLITE_NOTADB, sqliteCode } from '../../util/sqlite.ts';
import type { IndexInfo } from '../store.ts';
import { readFacts } from './facts.ts';
import { openReadOnly } from './openReadOnly.ts';
import { PageSites } from './pageSites.ts';
import { type ReadState, readState } from './readState.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';
import { newerSchema, olderSchema } from './schemaErrors.ts';
import { Statements } from './statements.ts';

interface GenerationOptions {
  readonly mostLinks?: number | null | undefined;
  readonly memory?: number | null | undefined;
}

export class OpenGeneration {
  readonly #db: DatabaseSync;
  readonly #statements: Statements;
  readonly #sites: PageSites;
  readonly #name: string;
  readonly #mostLinks: number | null;
  #state: ReadState;
  /** What SQLite calls the version of the data: another number after each commit of somebody else. */
  #version: unknown;
  #holders = 0;
  #closing = false;
  /** True while a state of the data is held for several questions. */
  #held = false;

  /**
   * @param database path of the database
   * @param name what the user named, for messages
   * @param mostLinks as in readState
   * @param memory as in ReadOptions
   */
  constructor(database: string, name: string, { mostLinks = null, memory = null }: GenerationOptions = {}) {
    this.#name = name;
    this.#mostLinks = mostLinks;
    if (!existsSync(database)) throw damaged(name, `its data file ${database} is not there`);
    this.#db = open(database, name);
    this.#statements = new Statements(this.#db);
    this.#sites = new PageSites(this.#statements);
    try {
      this.#state = this.#guard(() => {
        this.#checkKind();
        if (memory !== null) this.#db.exec(`pragma cache_size = -${Math.ceil(memory / 1024)}`);
        return this.#statements.snapshot(() => this.#newState());
      });
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /**
   * Answers one question from one state of the data.
   *
   * @throws BacklinkLensError index.damaged, index.busy; TooHeavy
   */
  read<T>(question: (state: ReadState) => T): T {
    return this.together(() => {
      this.#state.begin();
      return this.#guard(() => question(this.#state));
    });
  }

  /**
   * Runs what asks several questions on one state of the data, which is looked up once.
   *
   * @throws BacklinkLensError index.damaged, index.busy; and what `ask` throws
   */
  together<T>(ask: () => T): T {
    if (this.#held) return ask();
    return this.#guard(() =>
      this.#statements.snapshot(() => {
        if (this.#dataVersion() !== this.#version) this.#state = this.#newState();
        this.#held = true;
        try {
          return ask();
        } finally {
          this.#held = false;
        }
      }),
    );
  }

  /** Keeps the database open until the returned function is called, though `close` may be called before. */
  hold(): () => void {
    this.#holders++;
    return () => {
      this.#holders--;
      if (this.#closing) this.close();
    };
  }

  close(): void {
    this.#closing = true;
    if (this.#holders === 0 && this.#db.isOpen) this.#db.close();
  }

  #newState(): ReadState {
    this.#version = this.#dataVersion();
    return readState(this.#statements, this.#facts(), this.#mostLinks, this.#sites);
  }

  #dataVersion(): unknown {
    return this.#statements.first('pragma data_version')?.[0];
  }

  #checkKind(): void {
    const application = this.#statements.first('pragma application_id')?.[0];
    if (application !== APPLICATION_ID) throw damaged(this.#name, 'it is another kind of database');
    const version = Number(this.#statements.first('pragma user_version')?.[0]);
    if (version > SCHEMA_VERSION) throw newerSchema(this.#name, version);
    if (version < SCHEMA_VERSION) throw olderSchema(this.#name, version);
  }

  #facts(): IndexInfo {
    const info = readFacts(this.#statements);
    if (info === null) throw damaged(this.#name, 'it holds no description of itself');
    return info;
  }

  /** Says of SQLite's complaints what they mean for whoever asked. */
  #guard<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      const code = sqliteCode(error);
      if (code === null) throw error;
      if (code === SQLITE_BUSY) throw busy(this.#name, error);
      throw damaged(this.#name, error instanceof Error ? error.message : String(error), error);
    }
  }
}

function open(database: string, name: string): DatabaseSync {
  try {
    return openReadOnly(database);
  } catch (error) {
    const code = sqliteCode(error);
    if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) throw damaged(name, 'it is not a database', error);
    if (code === null) throw error;
    throw new BacklinkLensError(
      'index.missing',
      `The index ${name} cannot be opened: ${error instanceof Error ? error.message : code}. Check its permissions.`,
      { cause: error },
    );
  }
}

function damaged(name: string, why: string, cause?: unknown): BacklinkLensError {
  return new BacklinkLensError('index.damaged', `The index ${name} is damaged: ${why}. Build it again from its inputs.`, { cause });
}

function busy(name: string, cause: unknown): BacklinkLensError {
  return new BacklinkLensError('index.busy', `The index ${name} is being written, and the writer took longer than usual. Ask again.`, { cause });
}
