/** Counts our findings in open documents as they come and go, for the view's badge. Hints are not counted: nobody needs to look at them. */
import * as vscode from 'vscode';

/** @param show is told the number whenever it changes */
export function countFindings(show: (findings: number) => void): vscode.Disposable {
  const counts = new Map<string, number>();
  let total = 0;
  const count = (uri: vscode.Uri) => {
    const found = vscode.languages.getDiagnostics(uri).filter(isCounted).length;
    const key = uri.toString();
    total += found - (counts.get(key) ?? 0);
    if (found === 0) counts.delete(key);
    else counts.set(key, found);
  };
  for (const [uri] of vscode.languages.getDiagnostics()) count(uri);
  show(total);
  return vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    const before = total;
    for (const uri of uris) count(uri);
    if (total !== before) show(total);
  });
}

function isCounted({ source, severity }: vscode.Diagnostic): boolean {
  return source === 'Backlink Lens' && severity !== vscode.DiagnosticSeverity.Hint;
}
