/** The web addresses in JSON-LD: string values that are absolute http(s) URLs. Keys are not values. Source: RFC 8259, strings. */

export interface JsonUrl {
  /** Index range between the quotes. */
  readonly start: number;
  readonly end: number;
  readonly url: string;
}

const KEY = /[\t\n\r ]*:/y;

/** Every URL of the text in order, also of text that is no valid JSON. */
export function jsonUrls(text: string): JsonUrl[] {
  const found: JsonUrl[] = [];
  let open = text.indexOf('"');
  while (open >= 0) {
    const start = open + 1;
    const end = endOfString(text, start);
    if (end < 0) break;
    KEY.lastIndex = end + 1;
    if ((text.charCodeAt(start) | 0x20) === 0x68 && !KEY.test(text)) {
      const url = unescapeJson(text.slice(start, end)).trim();
      if (/^https?:\/\/[^\s]+$/i.test(url)) found.push({ start, end, url });
    }
    open = text.indexOf('"', end + 1);
  }
  return found;
}

function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at++;
  }
  return -1;
}

function unescapeJson(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}
