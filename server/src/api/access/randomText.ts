/** Random texts of letters and digits: they survive every kind of encoding that clients put credentials through. */
import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Just under six bits a character, from the system's own source of randomness. */
export function randomText(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** Ids are not secret. */
export const ID_LENGTH = 20;

/** 238 bits. */
export const SECRET_LENGTH = 40;

/** As recorded: a token has 40 characters. */
export const TOKEN_LENGTH = 40;
