/** The options of `backlink-lens serve`, and what makes no sense among them. */
import { isIP } from 'node:net';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isLoopbackHost } from '../../../shared/loopback.ts';
import { LOG_FORMATS, type LogFormat } from '../api/ops/lineLog.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { readCount, readPath, readPort } from './arguments.ts';

export interface ServeOptions {
  readonly index?: string;
  readonly keys?: string;
  readonly open?: true;
  readonly host: string;
  readonly port: number;
  /** Milliseconds. */
  readonly tokenLifetime: number;
  /** Calls a minute; 0 for no limit. */
  readonly rate: number;
  readonly rateAddress?: number;
  readonly maxConnections: number;
  readonly cert?: string;
  readonly key?: string;
  readonly trustProxy?: readonly string[];
  /** Milliseconds. */
  readonly stopTimeout: number;
  readonly log: LogFormat;
  readonly metricsAddress?: { readonly host: string; readonly port: number };
  readonly verbose?: true;
}

const SECOND = 1_000;
const UNITS = { s: SECOND, m: 60 * SECOND, h: 3_600 * SECOND, d: 86_400 * SECOND } as const;

/** As the recorded service has it: ten years. */
const LONGEST_TOKEN = 315_360_000 * SECOND;

/** Adds them to the command. */
export function withServeOptions(command: Command): Command {
  return command
    .option('--index <file>', 'the index to serve', readPath)
    .option('--keys <file>', 'the keys that may ask (default: the index with .keys at its end)', readPath)
    .option('--open', 'answer without keys, to this machine only')
    .option('--host <address>', 'address to listen on; other machines reach 0.0.0.0 or ::', readHost, '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 for any free one', readPort, 8700)
    .addOption(new Option('--token-lifetime <time>', 'how long a token is good, like 12h').argParser(readLifetime).default(30 * UNITS.d, '30d'))
    .addOption(new Option('--rate <calls>', 'calls a minute that each key may make; 0 for no limit').argParser(readRate).default(1_200))
    .option('--rate-address <calls>', 'calls a minute that each address may make; 0 for no limit (default: 2400, without keys none)', readRate)
    .addOption(new Option('--max-connections <n>', 'connections at once; more are closed as they come').argParser(readCount).default(1_000))
    .option('--cert <file>', 'certificate with its chain, in PEM: serve over HTTPS', readPath)
    .option('--key <file>', 'private key of the certificate, in PEM', readPath)
    .option('--trust-proxy <address>', 'proxy or network whose X-Forwarded-For is believed; may be given several times', collectProxy)
    .addOption(
      new Option('--stop-timeout <time>', 'how long calls in flight are waited for at the end').argParser(readTime).default(10 * SECOND, '10s'),
    )
    .addOption(new Option('--log <format>', 'json: a line of JSON for each request').choices(LOG_FORMATS).default('text'))
    .option('--metrics-address <address>', 'address and port for /metrics, /healthz and /readyz alone, like 127.0.0.1:9464', readAddress)
    .option('--verbose', 'say every request, and why it was refused');
}

/** @throws BacklinkLensError usage.invalid */
export function checkServeOptions(options: ServeOptions): { readonly index: string } {
  const wrong = (message: string) => new BacklinkLensError('usage.invalid', message);
  if (options.index === undefined) throw wrong('Name the index to serve: --index FILE.');
  if (options.open === true && options.keys !== undefined)
    throw wrong('Choose one: --keys FILE serves whoever has a key, --open everybody on this machine.');
  if (options.open === true && !isLoopback(options.host)) {
    throw wrong(`Without keys the service answers to this machine only, and ${options.host} is open to others. Leave --host away, or make keys.`);
  }
  if ((options.cert === undefined) !== (options.key === undefined)) throw wrong('HTTPS needs both: --cert FILE and --key FILE.');
  return { index: options.index };
}

export function isLoopback(host: string): boolean {
  return isLoopbackHost(isIP(host) === 6 ? `[${host}]` : host);
}

function readHost(text: string): string {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) === 0 && !/^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/i.test(host))
    throw new InvalidArgumentError('Write an address like 0.0.0.0 or ::1, or a name.');
  return host.toLowerCase();
}

function readAddress(text: string): { host: string; port: number } {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === '') throw new InvalidArgumentError('Write an address and a port, like 127.0.0.1:9464 or [::1]:9464.');
  return { host: readHost(host), port: readPort(port) };
}

function readTime(text: string): number {
  const found = /^(\d{1,9})([smhd]?)$/.exec(text);
  if (found === null) throw new InvalidArgumentError('Write a time like 90s, 15m, 12h or 30d.');
  return Number(found[1]) * UNITS[(found[2] || 's') as keyof typeof UNITS];
}

function readLifetime(text: string): number {
  const time = readTime(text);
  if (time < UNITS.m || time > LONGEST_TOKEN) throw new InvalidArgumentError('Permitted are 60s to 3650d.');
  return time;
}

/** Commander makes an empty text of a null: 0 stays 0. */
function readRate(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 0.');
  return Number(text);
}

function collectProxy(text: string, before: readonly string[] = []): readonly string[] {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
  if (family === 0 || !fits || more.length > 0) throw new InvalidArgumentError('Write an address like 10.0.0.7, or a network like 10.0.0.0/8.');
  return [...before, text];
}
