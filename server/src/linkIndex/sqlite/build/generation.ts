/** All that a build has come to, ready to be written. */
import type { Numbering } from '../numbering.ts';
import type { Staging } from '../staging.ts';
import type { Strengths } from '../strengths.ts';
import type { Histories } from './histories.ts';
import type { Placed } from './placedLinks.ts';
import type { PlaceNumbers } from './placeNumbers.ts';

export interface Generation extends Placed {
  readonly staging: Staging;
  readonly histories: Histories;
  readonly numbering: Numbering;
  readonly strengths: Strengths;
  /** Filled when the pages are written. */
  readonly places: PlaceNumbers;
}
