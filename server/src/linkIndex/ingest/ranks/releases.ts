/**
 * Releases of Common Crawl's web graphs, and how many domains each ranks. Source: the nodes of the domain-level graphs in the project's own
 * statistics (cc-webgraph-statistics); of mar-apr-may 2026 the rounded figure of its announcement, of jun-jul-aug 2026 that of the graph's file.
 */

/** Without the `cc-main-` in front. */
const DOMAINS: ReadonlyMap<string, number> = new Map([
  ['2017-may-jun-jul', 91_034_128],
  ['2017-aug-sep-oct', 93_111_025],
  ['2017-18-nov-dec-jan', 94_681_319],
  ['2018-jan', 70_367_284],
  ['2018-feb-mar-apr', 97_912_758],
  ['2018-may-jun-jul', 92_055_751],
  ['2018-aug-sep-oct', 87_160_632],
  ['2018-19-nov-dec-jan', 90_031_628],
  ['2019-feb-mar-apr', 90_757_643],
  ['2019-may-jun-jul', 88_258_311],
  ['2019-aug-sep-oct', 92_747_835],
  ['2019-20-nov-dec-jan', 85_840_531],
  ['2020-feb-mar-may', 90_983_688],
  ['2020-jul-aug-sep', 88_591_818],
  ['2020-21-oct-nov-jan', 85_908_635],
  ['2021-feb-apr-may', 87_749_728],
  ['2021-jun-jul-sep', 87_870_767],
  ['2021-22-oct-nov-jan', 90_296_538],
  ['2022-may-jun-aug', 91_068_127],
  ['2022-23-sep-nov-jan', 88_092_985],
  ['2023-mar-may-oct', 94_197_637],
  ['2023-may-sep-nov', 93_942_613],
  ['2023-24-sep-nov-feb', 101_323_206],
  ['2024-nov-feb-apr', 113_858_457],
  ['2024-feb-apr-may', 127_746_477],
  ['2024-apr-may-jun', 173_391_896],
  ['2024-may-jun-jul', 163_003_160],
  ['2024-jun-jul-aug', 159_674_761],
  ['2024-jul-aug-sep', 95_369_395],
  ['2024-aug-sep-oct', 96_021_021],
  ['2024-sep-oct-nov', 98_031_234],
  ['2024-oct-nov-dec', 98_727_688],
  ['2024-25-nov-dec-jan', 100_765_998],
  ['2024-25-dec-jan-feb', 106_478_170],
  ['2025-jan-feb-mar', 135_153_877],
  ['2025-feb-mar-apr', 157_123_147],
  ['2025-mar-apr-may', 156_144_386],
  ['2025-apr-may-jun', 161_816_883],
  ['2025-may-jun-jul', 209_497_416],
  ['2025-jun-jul-aug', 207_560_453],
  ['2025-jul-aug-sep', 184_587_023],
  ['2025-aug-sep-oct', 97_717_162],
  ['2025-sep-oct-nov', 100_662_487],
  ['2025-oct-nov-dec', 121_304_598],
  ['2025-26-nov-dec-jan', 122_294_847],
  ['2025-26-dec-jan-feb', 134_222_466],
  ['2026-jan-feb-mar', 120_025_754],
  ['2026-feb-mar-apr', 124_646_710],
  ['2026-mar-apr-may', 118_800_000],
  ['2026-jun-jul-aug', 119_722_885],
]);

/**
 * The release that a file or address names.
 *
 * @returns `cc-main-2026-mar-apr-may`, or null where there is no such name
 */
export function releaseIn(name: string): string | null {
  return /cc-main-\d{4}(?:-\d{2})?(?:-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))+/i.exec(name)?.[0].toLowerCase() ?? null;
}

/** Domains that a release ranks in all; null for one that is not in the table. */
export function domainsOf(release: string | null): number | null {
  return release === null ? null : (DOMAINS.get(release.replace('cc-main-', '')) ?? null);
}
