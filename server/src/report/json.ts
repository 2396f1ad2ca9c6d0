/** The report as JSON: the model itself, for scripts. */
import type { Report } from '../../../shared/report.ts';

/** Two-space indented, ends with a newline. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
