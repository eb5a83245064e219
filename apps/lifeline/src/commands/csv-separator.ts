import { open } from 'node:fs/promises';

/** Enough for any header. */
const HEAD_BYTES = 65_536;

/** `;` or `,`: what a CSV file's first line separates its columns by, as far as it is not quoted. */
export async function separatorOf(path: string): Promise<';' | ','> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).split(/\r?\n/, 1);
    const plain = line.replaceAll(/"[^"]*"/g, '');
    return plain.split(';').length > plain.split(',').length ? ';' : ',';
  } finally {
    await file.close();
  }
}
