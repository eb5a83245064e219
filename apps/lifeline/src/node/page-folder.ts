import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BUILT_PAGE = fileURLToPath(new URL('../../../control-room/dist', import.meta.url));

/** Where the built control room lies; undefined where it is not built. */
export function pageFolder(): string | undefined {
  return existsSync(BUILT_PAGE) ? BUILT_PAGE : undefined;
}
