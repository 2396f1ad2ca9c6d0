/**
 * Whether the scanner stands in svg or math content, where raw text elements are ordinary markup and CDATA sections exist.
 * Follows the adjusted current node of WHATWG HTML 13.2.6.5 without a tree: only svg, math and the points where HTML resumes are remembered.
 */
import { breakoutElements, EL } from './elements.ts';

const SVG_POINTS: ReadonlySet<number> = new Set([EL.foreignobject, EL.desc, EL.title]);
const MATH_POINTS: ReadonlySet<number> = new Set([EL.mi, EL.mo, EL.mn, EL.ms, EL.mtext]);

export class ForeignContent {
  /** Codes of the open svg and math elements and of the points in them where HTML resumes. */
  private readonly open: number[] = [];
  /** How many of each code are open, so that an end tag without its start tag costs nothing. */
  private counts: Map<number, number> | null = null;

  /** The element whose rules hold: `EL.svg`, `EL.math`, or 0 for HTML. */
  kind = 0;

  /** True while an svg or math element is open somewhere around. */
  get nested(): boolean {
    return this.open.length > 0;
  }

  /**
   * Takes note of a start tag.
   *
   * @returns what the element itself belongs to: `EL.svg`, `EL.math`, or 0 for HTML
   */
  startTag(element: number, selfClosing: boolean): number {
    const kind = this.kind;
    if (kind === 0) {
      if (element !== EL.svg && element !== EL.math) return 0;
      if (!selfClosing) this.push(element);
      return element;
    }
    if (breakoutElements.has(element)) {
      this.leave();
      return 0;
    }
    if (!selfClosing && (element === kind || (kind === EL.svg ? SVG_POINTS : MATH_POINTS).has(element))) this.push(element);
    return kind;
  }

  /** Takes note of an end tag. */
  endTag(element: number): void {
    if (this.open.length === 0) return;
    if (this.kind !== 0 && (element === EL.p || element === EL.br)) this.leave();
    else if ((this.counts?.get(element) ?? 0) > 0) while (this.pop() !== element);
  }

  /** Back to the nearest HTML: the svg and math elements on top are closed. */
  private leave(): void {
    while (this.kind !== 0) this.pop();
  }

  private push(element: number): void {
    this.open.push(element);
    this.counts ??= new Map();
    this.counts.set(element, (this.counts.get(element) ?? 0) + 1);
    this.kind = kindOf(element);
  }

  private pop(): number {
    const element = this.open.pop() ?? 0;
    this.counts?.set(element, (this.counts.get(element) ?? 0) - 1);
    this.kind = kindOf(this.open[this.open.length - 1] ?? 0);
    return element;
  }
}

function kindOf(element: number): number {
  return element === EL.svg || element === EL.math ? element : 0;
}
