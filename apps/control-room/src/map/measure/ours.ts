import { STATE_BAD, type MapSensors } from '@lifeline/contracts';
import { ValueBook } from '../../live/value-book.js';
import { CityMap } from '../city-map.js';
import type { Rival } from './rival.js';
import { look, START } from './scene.js';

/** The product's own map, whole: networks, names, marks, clusters. */
export function ours(container: HTMLElement, sensors: MapSensors): Rival {
  const values = new ValueBook();
  let settle: () => void;
  const ready = new Promise<void>((resolve) => (settle = resolve));
  const city = new CityMap(container, look, START, values, {
    onMove: () => undefined,
    onSelect: () => undefined,
    onLoaded: () => settle(),
    onBaseFailed: () => undefined,
  });
  city.setColumns(sensors);
  return {
    map: city.mapLibre,
    ready,
    take({ atMs, sensors: numbers, values: readings, states }) {
      values.take({
        atMs,
        values: Array.from(numbers, (sensor, i) => [sensors.sensorId(sensor), atMs, readings[i]!, 'good']),
      });
      city.takeChanges({
        sensors: numbers,
        states: states.map((state) => (state === 1 ? STATE_BAD : 0)),
        severities: states.map((state) => (state === 2 ? 2 : 0)),
      });
    },
  };
}
