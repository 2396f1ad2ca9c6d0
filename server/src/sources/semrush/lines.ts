/**
 * How Semrush counts the lines of a report. Its documentation says that `display_limit` includes those that `display_offset` skips, replies that
 * users recorded say the opposite; the wrong one of the two costs every skipped line again. So it is found out, the cheap way first: if skipped
 * lines are included, a limit without them gives no line and costs nothing.
 */

/** A range of lines. */
export interface Range {
  readonly limit: number;
  readonly offset: number;
}

export interface LineCount {
  /**
   * Reads the lines of a range.
   *
   * @param read with the `display_limit` to send; no lines beyond the end
   * @returns at most `limit` lines; none beyond the end
   */
  lines<Line>(range: Range, read: (displayLimit: number) => Promise<readonly Line[]>): Promise<readonly Line[]>;
}

export function createLineCount(): LineCount {
  let included: boolean | null = null;
  return {
    async lines({ limit, offset }, read) {
      if (offset === 0) return (await read(limit)).slice(0, limit);
      if (included !== true) {
        // The offset is a multiple of the limit, so that with skipped lines included there is nothing left.
        const lines = await read(limit);
        if (lines.length > 0) included = false;
        if (included === false) return lines.slice(0, limit);
      }
      const lines = await read(offset + limit);
      if (lines.length > 0) included = true;
      return lines.slice(0, limit);
    },
  };
}
