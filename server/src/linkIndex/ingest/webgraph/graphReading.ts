/** The passes over a web graph: ids of the targets, edges to them with the names of their sources, places of these in the ranks. */
import type { Target } from '../../../../../shared/backlinks.ts';
import { BacklinkLensError } from '../../../util/errors.ts';
import { releaseDay } from '../../releaseDay.ts';
import type { Capture, DomainPlaces, StatedDomain } from '../../store.ts';
import { type RankColumns, rankColumns, rankRow } from '../ranks/rankLines.ts';
import { turnedName } from '../reversedName.ts';
import { linesOf } from '../textLines.ts';
import { EdgeScanner } from './edges.ts';
import { NameFilter } from './nameFilter.ts';
import { idsOf, NameCursor } from './vertices.ts';

type Bytes = AsyncGenerator<Buffer, void, void>;

export interface GraphFiles {
  readonly targets: ReadonlySet<string>;
  readonly edges: () => Bytes;
  readonly vertices: () => Promise<Bytes>;
  readonly ranks: (() => Promise<Bytes>) | null;
}

/** Referring domains that are handed on together. */
const BATCH = 2000;

interface TargetVertex {
  readonly target: Target;
  batch: StatedDomain[];
  domains: number;
}

export class GraphReading {
  readonly #list: string;
  readonly #asOf: number | null;
  readonly #signal: AbortSignal;
  readonly #byId = new Map<number, TargetVertex>();
  /** Of sources that were met, where their places will be looked for. */
  #names: NameFilter | null = null;
  #missing: string[] = [];
  #unnamed = 0;
  #malformed = 0;
  /** The last source, and the target it was last seen with. */
  #from = -1;
  #to = -1;
  #fromName: string | null = null;

  constructor({ release, signal }: { readonly release: string | null; readonly signal: AbortSignal }) {
    this.#list = release === null ? 'web graph' : `Common Crawl ${release}`;
    this.#asOf = release === null ? null : releaseDay(release);
    this.#signal = signal;
  }

  async *captures(files: GraphFiles): AsyncGenerator<Capture, void, void> {
    if (files.ranks !== null) this.#names = new NameFilter();
    await this.#findTargets(files);
    if (this.#byId.size === 0) return;
    yield* this.#referringDomains(files);
    for (const vertex of this.#byId.values()) yield this.#total(vertex);
    if (files.ranks !== null) yield* this.#places(await files.ranks());
  }

  note(): string | null {
    const n = (value: number): string => value.toLocaleString('en');
    const found = [...this.#byId.values()].reduce((sum, { domains }) => sum + domains, 0);
    const parts = [
      `${n(found)} referring domains of ${n(this.#byId.size)} targets`,
      ...(this.#missing.length > 0 ? [`not in this graph: ${this.#missing.slice(0, 10).join(', ')}${this.#missing.length > 10 ? ', …' : ''}`] : []),
      ...(this.#malformed > 0 ? [`${n(this.#malformed)} lines are no edges`] : []),
      ...(this.#unnamed > 0 ? [`${n(this.#unnamed)} sources have no name`] : []),
    ];
    return parts.join('; ');
  }

  async #findTargets({ targets, vertices }: GraphFiles): Promise<void> {
    const reversed = new Map([...targets].map((name) => [name.split('.').reverse().join('.'), name]));
    const ids = await idsOf(await vertices(), new Set(reversed.keys()));
    for (const [turned, id] of ids) {
      const name = reversed.get(turned) ?? '';
      this.#byId.set(id, { target: { kind: 'domain', name, id: `domain:${name}` }, batch: [], domains: 0 });
    }
    this.#missing = [...reversed].filter(([turned]) => !ids.has(turned)).map(([, name]) => name);
  }

  async *#referringDomains(files: GraphFiles): AsyncGenerator<Capture, void, void> {
    const scanner = new EdgeScanner(this.#byId.keys());
    const names = new NameCursor(await files.vertices());
    let found: (readonly [from: number, to: number])[] = [];
    const keep = (from: number, to: number): void => {
      found.push([from, to]);
    };
    try {
      for await (const chunk of files.edges()) {
        this.#signal.throwIfAborted();
        scanner.scan(chunk, keep);
        if (scanner.edges === 0 && scanner.malformed > 100) throw new BacklinkLensError('input.unknown-table', 'holds no edges');
        const pairs = found;
        found = [];
        if (pairs.length > 0) yield* this.#named(pairs, names);
      }
      scanner.end(keep);
      yield* this.#named(found, names);
    } finally {
      this.#malformed = scanner.malformed;
      await names.close();
    }
    for (const vertex of this.#byId.values()) if (vertex.batch.length > 0) yield this.#flush(vertex);
  }

  async *#named(pairs: readonly (readonly [number, number])[], names: NameCursor): AsyncGenerator<Capture, void, void> {
    for (const [from, to] of pairs) {
      if (from < this.#from) {
        throw new BacklinkLensError('input.unknown-table', 'is not sorted by the first number, as published graphs are. Sort it (sort -n)');
      }
      if (from === this.#from && to === this.#to) continue;
      this.#to = to;
      if (from > this.#from) {
        this.#from = from;
        const reversed = await names.nameOf(from);
        this.#fromName = reversed === null ? null : turnedName(reversed);
        if (this.#fromName !== null) this.#names?.add(this.#fromName);
      }
      const vertex = this.#byId.get(to);
      // A domain's links to itself are none of its backlinks.
      if (vertex === undefined || this.#fromName === vertex.target.name) continue;
      if (this.#fromName === null) {
        this.#unnamed++;
        continue;
      }
      vertex.domains++;
      if (vertex.batch.push({ name: this.#fromName, pages: null, targetPages: null }) >= BATCH) yield this.#flush(vertex);
    }
  }

  #flush(vertex: TargetVertex): Capture {
    const domains = vertex.batch;
    vertex.batch = [];
    return { kind: 'statedDomains', stated: { target: vertex.target, list: this.#list, asOf: this.#asOf, domains } };
  }

  #total({ target, domains }: TargetVertex): Capture {
    return { kind: 'statedTotal', stated: { target, list: this.#list, asOf: this.#asOf, links: null, unit: 'links', domains } };
  }

  /** Of every domain that may be one of the sources; the tables keep those that are. */
  async *#places(bytes: Bytes): AsyncGenerator<Capture, void, void> {
    let columns: RankColumns | null | undefined;
    for await (const lines of linesOf(bytes)) {
      this.#signal.throwIfAborted();
      const first = columns === undefined;
      if (columns === undefined) columns = rankColumns(lines[0] ?? '');
      const places: DomainPlaces[] = [];
      for (const line of first && columns !== null ? lines.slice(1) : lines) {
        const row = rankRow(line, columns ?? undefined);
        if (row?.name != null && row.pageRank > 0 && this.#names?.mayHave(row.name) === true) {
          places.push({ name: row.name, harmonic: row.harmonic, pageRank: row.pageRank });
        }
      }
      if (places.length > 0) yield { kind: 'places', places };
    }
  }
}
