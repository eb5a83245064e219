import type { Alarm, Asset, CallOut, LiveSensor } from '@lifeline/contracts';
import { call, type Ask } from './call.js';

interface Items {
  readonly listAssets: Asset;
  readonly listSensors: LiveSensor;
  readonly listAlarms: Alarm;
  readonly listCallOuts: CallOut;
}

interface Reading<Item> {
  /** Where to stop, however much there is. */
  readonly most: number;
  readonly signal?: AbortSignal;
  /** Told of each page as it comes, so that a large city shows before its last page is here. */
  readonly onPage?: (items: readonly Item[]) => void;
}

/** Largest page the contract allows. */
const PAGE = 1000;

/** Reads a list page by page, up to `most` items. Rejects with `CallError`. */
export async function pagesOf<Name extends keyof Items>(
  name: Name,
  query: Readonly<Record<string, string | number>>,
  { most, signal, onPage }: Reading<Items[Name]>,
): Promise<Items[Name][]> {
  const all: Items[Name][] = [];
  let after: string | undefined;
  do {
    const ask = { query: { ...query, limit: PAGE, after }, ...(signal && { signal }) } as unknown as Ask<Name>;
    const page = (await call(name, ask)) as unknown as { readonly items: Items[Name][]; readonly next?: string };
    all.push(...page.items);
    onPage?.(page.items);
    after = page.next;
  } while (after !== undefined && all.length < most);
  return all;
}
