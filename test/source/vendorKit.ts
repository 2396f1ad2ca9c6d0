/** What a vendor's test hands to the one suite: a stand-in, the source over it, and what the vendor cannot do by its nature. */
import type { Source } from '../../server/src/sources/source.ts';
import type { TransportOptions } from '../../server/src/sources/transport.ts';
import type { VendorParts as Parts } from '../../server/src/sources/vendorParts.ts';
import type { Log } from '../../server/src/util/log.ts';
import type { InternalFilter, TargetKind } from '../../shared/backlinks.ts';
import type { Shape } from './contract.ts';
import type { FailureCase, Question } from './failures.ts';
import type { OpenWire, Wire } from './wires.ts';
import type { Handler, Instead, WireRequest } from './world.ts';

/** The address is always given: that of the stand-in. */
export type VendorParts = Parts & { readonly base: string };

export interface VendorKit {
  /** As in the settings. */
  readonly id: string;
  /** Where one source is tested in several ways: which one this is. */
  readonly variant?: string;
  /** The key that the stand-in takes; null where there is none. */
  readonly key: { readonly id: string; readonly secret: string } | null;
  /** Never to be seen in a message or a log line. */
  readonly secrets: readonly string[];
  /** A well-behaved server of the vendor's shape over the invented web. It checks the key. */
  readonly handler: (instead?: Instead) => Handler;
  readonly create: (parts: VendorParts) => Source;
  /** The vendor's own ways to fail. */
  readonly failures: readonly FailureCase[];

  /** Where a row page's total comes from (Shape); with `none` it is null or right. */
  readonly totals: Shape['totals'];
  /** Absent: the vendor's own order. */
  readonly rowsOrder?: 'strength';
  /** `none` for a source that gives summaries alone; absent: rows to the end. */
  readonly rows?: 'none';
  /** `none` where summaries say nothing of backlinks, as for a source of ranks. */
  readonly backlinks?: 'none';
  /** Absent: domain, host and page. */
  readonly kinds?: readonly TargetKind[];
  /** Absent: all three. */
  readonly internal?: readonly InternalFilter[];
  /** Calls that one full batch of summaries takes; absent: one. */
  readonly callsPerBatch?: number;
  /** True where a batch costs by what its targets have in common, so that only a guess can be said beforehand. */
  readonly costVaries?: boolean;
  /** True where the vendor takes its key only in the address. */
  readonly keyInAddress?: boolean;
  /** True where the vendor writes an empty list as null. */
  readonly nullIsEmpty?: boolean;
  /** True where a service on this machine may be open. */
  readonly openOnLoopback?: boolean;
  /** Calls before the real one, as for a token, that are not counted. */
  readonly free?: (request: WireRequest) => boolean;
}

/** What one test changes about the source. */
export interface Overrides {
  readonly transport?: TransportOptions;
  readonly credentials?: VendorParts['credentials'];
  readonly log?: Log;
}

/** A kit, worked out: what is asked of it, and how a source is made over a wire. */
export interface KitAtWork {
  readonly kit: VendorKit;
  readonly shape: Shape;
  /** What can be asked at all. */
  readonly questions: readonly Question[];
  /** Calls that are not counted. */
  readonly free: (request: WireRequest) => boolean;
  readonly source: (wire: Wire, overrides?: Overrides) => Source;
}

/** The same over one way to the network. */
export interface KitOverWire extends KitAtWork {
  readonly name: string;
  readonly open: OpenWire;
}
