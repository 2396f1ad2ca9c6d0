/** A report as the text of a file, by the name of its format. */
import type { Report, ReportFormat } from '../../../shared/report.ts';
import { renderCsv } from './csv.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';

/** @param locale BCP 47 tag for numbers where people read them */
export function renderReport(report: Report, format: ReportFormat, locale: string): string {
  switch (format) {
    case 'markdown':
      return renderMarkdown(report, locale);
    case 'html':
      return renderHtml(report, locale);
    case 'csv':
      return renderCsv(report);
    case 'json':
      return renderJson(report);
  }
}
