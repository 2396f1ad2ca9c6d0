/** What the command line takes from the environment: keys and addresses, which have no place in an argument that every process list shows. */
import type { Credentials } from '../../../shared/protocol.ts';
import { SOURCES, type SourceId } from '../../../shared/sources.ts';
import type { Io } from './io.ts';

/** Variables of one source. */
export interface Variables {
  readonly id: string;
  readonly key: string;
  /** Address of the contract endpoint, or in place of a vendor's own. */
  readonly endpoint: string;
  /** File of a source that is one. */
  readonly path: string;
}

/** `BACKLINK_LENS_AHREFS_KEY` and its like. */
export function variablesOf(source: SourceId): Variables {
  const prefix = `BACKLINK_LENS_${source.toUpperCase()}`;
  return { id: `${prefix}_ID`, key: `${prefix}_KEY`, endpoint: `${prefix}_ENDPOINT`, path: `${prefix}_PATH` };
}

/** The names of an endpoint's key that need no source: there is only one. */
const OF_ENDPOINT = { id: 'BACKLINK_LENS_KEY', key: 'BACKLINK_LENS_SECRET' } as const;

/** An empty variable counts as none. */
export function variable({ environment }: Pick<Io, 'environment'>, name: string): string | null {
  return environment[name]?.trim() || null;
}

/** The key of a source; null where it is missing, or one half of it. */
export function keyOf(io: Pick<Io, 'environment'>, source: SourceId): { readonly id: string; readonly secret: string } | null {
  const names = variablesOf(source);
  const id = variable(io, names.id) ?? (source === 'searchmetrics' ? variable(io, OF_ENDPOINT.id) : null);
  const secret = variable(io, names.key) ?? (source === 'searchmetrics' ? variable(io, OF_ENDPOINT.key) : null);
  const needsId = SOURCES[source].key === 'login' || SOURCES[source].key === 'optional-login';
  return secret === null || (needsId && id === null) ? null : { id: id ?? '', secret };
}

export function credentialsOf(io: Pick<Io, 'environment'>, source: SourceId): Credentials {
  const key = keyOf(io, source);
  return key === null ? {} : { [source]: key };
}

/** Which variables a source wants for its key, as a sentence has them; null where it has none. */
export function keyVariables(source: SourceId): string | null {
  const { id, key } = variablesOf(source);
  switch (SOURCES[source].key) {
    case 'none':
      return null;
    case 'key':
      return key;
    case 'login':
      return `${id} and ${key}`;
    case 'key-or-login':
      return `${key}, with ${id} where there is an access id`;
    case 'optional-login':
      return `${OF_ENDPOINT.id} and ${OF_ENDPOINT.key}`;
  }
}
