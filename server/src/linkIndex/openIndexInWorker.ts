/** Reads an index in threads: SQLite is synchronous, and the language server's event loop must stay free. */
import type { RowPage, Summary, Target } from '../../../shared/backlinks.ts';
import type {
  AnchorCount,
  CommonDomain,
  DayOfChanges,
  EduGovLinks,
  LinkedPage,
  LinksFrom,
  ListPage,
  ReferringDomain,
  ReferringNetworks,
  ShareList,
  StatedReferrer,
  StrengthSpread,
  TargetStatements,
} from '../../../shared/queries.ts';
import { type Log, silentLog } from '../util/log.ts';
import { programFile } from './programFile.ts';
import { ReaderThread, TOO_HEAVY } from './readerThread.ts';
import type { ReadArguments, ReadMethod } from './readMessages.ts';
import type { BacklinkStore, IndexInfo, IntersectionQuery, LinksFromQuery, ListQuery, RowQuery, StatedQuery, SummaryOptions } from './store.ts';

export interface WorkerOptions {
  readonly log?: Log | undefined;
  /** The worker's file; by default the one beside this program (`indexWorker.cjs`, or `readWorker.ts` when run from sources). */
  readonly workerFile?: string | undefined;
  /** Links that one question may visit in the thread that answers most of them; more go to a second thread. */
  readonly mostLinks?: number | undefined;
  /** As in ReadOptions. */
  readonly keepsOld?: boolean | undefined;
  /** As in ReadOptions, for the thread that answers most questions. */
  readonly memory?: number | undefined;
}

/** A store whose pages of rows come as its worker file makes them. */
export interface RenderingStore extends BacklinkStore {
  renderedRows(query: RowQuery, signal: AbortSignal): Promise<unknown>;
}

/** Visiting that many links with their pages takes less than 20 ms. */
const MOST_LINKS = 5000;

/**
 * Opens an index in threads of its own: one answers what is quickly answered, another, started when it is first needed, counts and sorts what
 * is heavily linked, so that nobody waits behind that. Should a thread die, every open call to it fails, and the next one starts another.
 *
 * @throws BacklinkLensError as openIndex
 */
export async function openIndexInWorker(file: string, options: WorkerOptions = {}): Promise<RenderingStore> {
  const store = new WorkerStore(file, options);
  await store.start();
  return store;
}

class WorkerStore implements RenderingStore {
  readonly #quick: ReaderThread;
  readonly #heavy: ReaderThread;

  constructor(file: string, { log = silentLog, workerFile, mostLinks = MOST_LINKS, keepsOld = false, memory }: WorkerOptions) {
    const parts = { file, log, keepsOld, workerFile: workerFile ?? programFile(import.meta.url, './readWorker.ts', 'indexWorker.cjs') };
    this.#quick = new ReaderThread({ ...parts, mostLinks, memory: memory ?? null, endsWhenCancelled: false });
    this.#heavy = new ReaderThread({ ...parts, mostLinks: null, memory: null, endsWhenCancelled: true });
  }

  async start(): Promise<void> {
    await this.#quick.start();
  }

  async rows(query: RowQuery, signal: AbortSignal): Promise<RowPage> {
    return (await this.#ask('rows', [query], signal)) as RowPage;
  }

  async renderedRows(query: RowQuery, signal: AbortSignal): Promise<unknown> {
    return this.#ask('renderedRows', [query], signal);
  }

  async summaries(targets: readonly Target[], signal: AbortSignal, options?: SummaryOptions): Promise<readonly Summary[]> {
    return (await this.#ask('summaries', [targets, options], signal)) as readonly Summary[];
  }

  async strength(target: Target, signal: AbortSignal): Promise<number | null> {
    return (await this.#ask('strength', [target], signal)) as number | null;
  }

  async anchors(query: ListQuery, signal: AbortSignal): Promise<ShareList<AnchorCount>> {
    return (await this.#ask('anchors', [query], signal)) as ShareList<AnchorCount>;
  }

  async referringDomains(query: ListQuery, signal: AbortSignal): Promise<ListPage<ReferringDomain>> {
    return (await this.#ask('referringDomains', [query], signal)) as ListPage<ReferringDomain>;
  }

  async linkedPages(query: ListQuery, signal: AbortSignal): Promise<ShareList<LinkedPage>> {
    return (await this.#ask('linkedPages', [query], signal)) as ShareList<LinkedPage>;
  }

  async strengthSpread(target: Target, signal: AbortSignal): Promise<StrengthSpread> {
    return (await this.#ask('strengthSpread', [target], signal)) as StrengthSpread;
  }

  async changes(query: ListQuery, signal: AbortSignal): Promise<ListPage<DayOfChanges>> {
    return (await this.#ask('changes', [query], signal)) as ListPage<DayOfChanges>;
  }

  async intersection(query: IntersectionQuery, signal: AbortSignal): Promise<ListPage<CommonDomain>> {
    return (await this.#ask('intersection', [query], signal)) as ListPage<CommonDomain>;
  }

  async networks(target: Target, signal: AbortSignal): Promise<ReferringNetworks> {
    return (await this.#ask('networks', [target], signal)) as ReferringNetworks;
  }

  async eduGov(target: Target, signal: AbortSignal): Promise<EduGovLinks> {
    return (await this.#ask('eduGov', [target], signal)) as EduGovLinks;
  }

  async linksFrom(query: LinksFromQuery, signal: AbortSignal): Promise<LinksFrom> {
    return (await this.#ask('linksFrom', [query], signal)) as LinksFrom;
  }

  async statements(target: Target, signal: AbortSignal): Promise<TargetStatements> {
    return (await this.#ask('statements', [target], signal)) as TargetStatements;
  }

  async statedDomains(query: StatedQuery, signal: AbortSignal): Promise<ListPage<StatedReferrer>> {
    return (await this.#ask('statedDomains', [query], signal)) as ListPage<StatedReferrer>;
  }

  async info(signal: AbortSignal): Promise<IndexInfo> {
    return (await this.#ask('info', [], signal)) as IndexInfo;
  }

  async close(): Promise<void> {
    await Promise.all([this.#quick.close(), this.#heavy.close()]);
  }

  async #ask(method: ReadMethod, parameters: ReadArguments, signal: AbortSignal): Promise<unknown> {
    const answer = await this.#quick.ask(method, parameters, signal);
    return answer === TOO_HEAVY ? await this.#heavy.ask(method, parameters, signal) : answer;
  }
}
