/** The frame of the report page: a strict content policy, one script, one style sheet, and nothing else. Pure. */

export interface PageParts {
  readonly title: string;
  /** BCP 47 tag of the page's words. */
  readonly locale: string;
  /** Where the panel may load files from. */
  readonly cspSource: string;
  /** Fresh for every page. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  /** Said until the report has arrived. */
  readonly waiting: string;
}

/** Data comes later by message; the frame holds none, so there is nothing in it to escape but our own words. */
export function pageHtml(parts: PageParts): string {
  const policy = [`default-src 'none'`, `style-src ${parts.cspSource}`, `script-src 'nonce-${parts.nonce}'`].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(parts.locale)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${attribute(parts.style)}">
<title>${attribute(parts.title)}</title>
</head>
<body>
<main id="report" aria-busy="true"><p class="waiting">${attribute(parts.waiting)}</p></main>
<script nonce="${attribute(parts.nonce)}" src="${attribute(parts.script)}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
