/** A tool's answer as the editor takes it, and the room that there is for it. */
import * as vscode from 'vscode';
import type { Room } from './fitting.ts';

export function result(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

export function roomOf(options: vscode.LanguageModelToolTokenizationOptions | undefined, token: vscode.CancellationToken): Room {
  return { budget: options?.tokenBudget, count: (text) => options?.countTokens(text, token) ?? Promise.resolve(0) };
}
