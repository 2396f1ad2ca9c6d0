/** How large the pages of our files are. Source: sqlite.org/fileformat2.html, section 1.1 and 1.3. */

export const PAGE_BYTES = 4096;
/** The page that holds the bytes systems lock must hold nothing else. */
export const LOCK_PAGE = 0x4000_0000 / PAGE_BYTES + 1;
