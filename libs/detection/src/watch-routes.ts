import type { AssetWatch } from './asset-watch.js';
import { NumberIndex } from './number-index.js';

/** Which watches hear a sensor: those from `from[index.get(sensorNo)]` on, up to the next, each at its place of that sensor. */
export interface Routes {
  readonly index: NumberIndex;
  readonly from: Int32Array;
  readonly watches: readonly AssetWatch[];
  readonly places: Int32Array;
}

/** Lists side by side, in the order of the watches. */
export function layRoutes(all: Iterable<AssetWatch>): Routes {
  const bySensor = new Map<number, { readonly watch: AssetWatch; readonly place: number }[]>();
  for (const watch of all) {
    const places = new Map(watch.sensorNos.map((sensorNo, place) => [sensorNo, place]));
    for (const [sensorNo, place] of places) {
      const present = bySensor.get(sensorNo);
      if (present) present.push({ watch, place });
      else bySensor.set(sensorNo, [{ watch, place }]);
    }
  }
  const index = new NumberIndex();
  const lists = [...bySensor];
  const from = new Int32Array(lists.length + 1);
  lists.forEach(([sensorNo, list], at) => {
    index.set(sensorNo, at);
    from[at + 1] = from[at]! + list.length;
  });
  const flat = lists.flatMap(([, list]) => list);
  return {
    index,
    from,
    watches: flat.map(({ watch }) => watch),
    places: Int32Array.from(flat, ({ place }) => place),
  };
}
