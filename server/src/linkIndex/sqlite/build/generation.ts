/** All that a build has come to, ready to be written. */
import type { Numbering } from '../numbering.ts';
import type { Staging } from '../staging.ts';
import type { Strengths } from '../strengths.ts';
import type { Histories } from './histories.ts';
import type { LinkOrder } from './linkOrder.ts';

export interface Generation {
  readonly staging: Staging;
  readonly histories: Histories;
  readonly numbering: Numbering;
  readonly strengths: Strengths;
  readonly order: LinkOrder;
}
