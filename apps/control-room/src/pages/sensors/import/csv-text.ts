/**
 * The text of a CSV file: UTF-8, or else GB 18030, in which spreadsheets in China save. Rejects where the file cannot be
 * read any more.
 */
export async function csvTextOf(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
