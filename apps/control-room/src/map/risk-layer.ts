import { PRIORITIES, type RiskArea } from '@lifeline/contracts';
import type { ExpressionSpecification, GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl';
import type { Palette } from '../theme/palette.js';
import { NOTHING } from './city-layers.js';

export const RISK = 'risk';
const ADDRESS = '/map/risk.geojson';
/** The areas follow the alarms at this pace. */
const REREAD_MS = 15_000;

/** The four hues at low strength: marks of alarms must stand out from them. */
export const RISK_STRENGTH = { red: 0.34, orange: 0.26, yellow: 0.17, blue: 0.08 } as const;

/** Below networks and names. */
export function riskLayer(palette: Palette): LayerSpecification {
  const of = (pairs: readonly (string | number)[], otherwise: string | number) =>
    ['match', ['get', 'colour'], ...pairs, otherwise] as unknown as ExpressionSpecification;
  return {
    id: RISK,
    type: 'fill',
    source: RISK,
    paint: {
      'fill-color': of(
        PRIORITIES.flatMap((priority) => [priority, palette.priority[priority].fill]),
        palette.process,
      ),
      'fill-opacity': of(
        PRIORITIES.flatMap((priority) => [priority, RISK_STRENGTH[priority]]),
        0,
      ),
      'fill-antialias': false,
    },
  };
}

/** Shows the four-colour risk areas and reads them again from time to time, as long as they are wanted. */
export class RiskDrawing {
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly map: MapLibreMap) {}

  show(isShown: boolean): void {
    clearInterval(this.timer);
    this.timer = isShown ? setInterval(() => this.draw(), REREAD_MS) : undefined;
    this.draw();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** To be called again when the map's style is another. */
  draw(): void {
    const source = this.map.getSource<GeoJSONSource>(RISK);
    source?.setData(this.timer === undefined ? NOTHING : ADDRESS);
  }

  /** The area under a point of the screen. */
  under({ x, y }: { readonly x: number; readonly y: number }): RiskArea | undefined {
    if (this.timer === undefined || this.map.getLayer(RISK) === undefined) return undefined;
    const [found] = this.map.queryRenderedFeatures([x, y], { layers: [RISK] });
    return found?.properties as RiskArea | undefined;
  }
}
