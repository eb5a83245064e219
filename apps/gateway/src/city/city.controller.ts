import { Controller, Inject } from '@nestjs/common';
import { PORTS, type Ports } from '@lifeline/ports';
import { Call, type AnswerOf } from '../calls/call.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from '../gateway-options.js';

type Basemap = AnswerOf<'getCity'>['basemap'];

/** What kind of base map an address is: PMTiles by its ending, tiles by `{z}`, else a web map tile service. */
export function basemapOf(given: { readonly url: string; readonly attribution: string } | undefined): Basemap {
  if (!given) return { kind: 'built-in', url: null, attribution: '' };
  const { url, attribution } = given;
  if (/\.pmtiles(\?|$)/.test(url)) return { kind: 'pmtiles', url, attribution };
  if (url.includes('{z}')) return { kind: 'xyz', url, attribution };
  return { kind: 'wmts', url, attribution };
}

@Controller()
export class CityController {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions,
  ) {}

  @Call('getCity')
  get(): AnswerOf<'getCity'> {
    const { configuration } = this.ports;
    const { city } = this.options;
    return {
      name: { ...city.name },
      timeZone: city.timeZone,
      centre: [city.centre[0], city.centre[1]],
      zoom: city.zoom,
      simulated: configuration.simulate,
      mqtt: {
        host: this.options.mqttPublicHost ?? configuration.mqtt.host,
        port: this.options.mqttPublicPort ?? configuration.mqtt.port,
      },
      basemap: basemapOf(configuration.basemap),
    };
  }
}
