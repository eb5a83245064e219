/**
 * Cells of a CSV text (RFC 4180), for the preview: quotes, doubled quotes, line breaks within quotes, LF or CRLF, a byte
 * order mark. Never fails: an unclosed quote runs to the end. Spaces around a cell are dropped, as the server does.
 */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const { cell, end } = cellAt(text, at);
    row.push(cell);
    at = end;
    if (text[at] === ',') {
      at++;
      // A comma at the end of the text opens one more cell.
      if (at < text.length) continue;
      row.push('');
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    rows.push(row);
    row = [];
  }
  return rows;
}

function cellAt(text: string, start: number): { readonly cell: string; readonly end: number } {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  let quoted = '';
  if (text[at] === '"') {
    at++;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote === -1) return { cell: quoted + text.slice(at), end: text.length };
      quoted += text.slice(at, quote);
      at = quote + 1;
      if (text[at] !== '"') break;
      quoted += '"';
      at++;
    }
  }
  const end = endOfCell(text, at);
  return { cell: quoted + text.slice(at, end).trim(), end };
}

function endOfCell(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === ',' || char === '\n' || char === '\r') return at;
  }
  return text.length;
}

/** One line of CSV; cells are quoted where they must be. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}
