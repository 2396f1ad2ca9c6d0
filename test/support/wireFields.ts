/** The fields of a row on the wire, in the order of the contract's documentation. */
export const WIRE_FIELDS = [
  'backlinkpage',
  'title',
  'linktext',
  'extL',
  'intL',
  'sumL',
  'sr',
  'pos',
  'linktarget',
  'tag',
  'nofollow',
  'ip',
  'ccode',
  'country',
  'city',
] as const;
