/** What every part of the page is handed: the words, the service, and the ways to go elsewhere and to say something. */
import type { FigureWords } from '../figureWords.ts';
import type { Question } from './question.ts';
import type { IndexFacts } from './replies.ts';
import type { Service } from './service.ts';
import type { Session } from './session.ts';

export interface Page {
  readonly words: FigureWords;
  readonly service: Service;
  readonly session: Session;
  /** Asks another question; the page's address follows. */
  readonly go: (question: Question) => void;
  /** Asks the same question again. */
  readonly again: () => void;
  /** Lets a person give a key. */
  readonly askForKey: () => void;
  /** Says a sentence to screen readers, without moving anything. */
  readonly say: (sentence: string) => void;
  /** What the index holds; null until that is known, and where it could not be asked. */
  readonly index: () => IndexFacts | null;
  /** Waits until that was asked. */
  readonly indexAsked: () => Promise<void>;
}
