/**
 * What a call is to this service: a name, how it is called, its parameters and its reply in the words of JSON Schema (they make the OpenAPI
 * document), and the function that answers. One file a call in `services/`, one line in `services.ts`.
 */
import type { BacklinkStore } from '../linkIndex/store.ts';
import type { OpenJson, WirePages } from './pages.ts';

/** Parameters as they came, from the query and, of a POST, the form or JSON body. What was given twice is a list. */
export type Parameters = Readonly<Record<string, unknown>>;

export interface ServiceCall {
  /** Name of the call, for messages. */
  readonly service: string;
  readonly parameters: Parameters;
  readonly store: BacklinkStore;
  /** Pages of plain rows, which come as JSON. */
  readonly pages: WirePages;
  /** Credits left before this call; null where there are no keys. */
  readonly balance: number | null;
  /** Aborts when the caller has gone. */
  readonly signal: AbortSignal;
}

/** What a parameter is read from. */
export type Asked = Pick<ServiceCall, 'service' | 'parameters'>;

export interface ServiceReply {
  /** The envelope without `balance`, which the account adds; as JSON where it is that already. */
  readonly body: object | OpenJson;
  /** Generation of the index that answered; null where the call reads none. */
  readonly generation: string | null;
}

/** A parameter as the OpenAPI document describes it. */
export interface ParameterDescription {
  readonly name: string;
  readonly required: boolean;
  readonly says: string;
  readonly schema: object;
}

/** A parameter that reads itself, so that what is described and what is permitted are one. */
export interface Parameter<T> extends ParameterDescription {
  /**
   * Its value, or what stands for it where it is absent.
   *
   * @throws RefusedRequest 400 naming the parameter and its permitted values
   */
  read(asked: Asked): T;
}

export interface Service {
  /** What stands behind `/v3/` in its address. */
  readonly name: string;
  /** As the contract has it: `Get` or `Post` in the name. */
  readonly method: 'GET' | 'POST';
  readonly says: string;
  /** Credits that a call costs; absent: 1. */
  readonly credits?: number | ((asked: Asked) => number);
  /** Largest body in bytes; absent: 64 KB. */
  readonly largestBody?: number;
  readonly parameters: readonly ParameterDescription[];
  /** JSON Schema of the reply, `balance` left out. */
  readonly reply: object;
  /**
   * Answers a call.
   *
   * @throws RefusedRequest naming the parameter that is missing or wrong
   */
  answer(call: ServiceCall): Promise<ServiceReply>;
}
