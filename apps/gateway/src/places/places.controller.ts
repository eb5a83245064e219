import { Controller, Inject } from '@nestjs/common';
import { Call, Input, type AnswerOf, type InputOf } from '../calls/call.js';
import { GATEWAY_OPTIONS, type GatewayOptions } from '../gateway-options.js';
import { createPlaceIndex, type PlaceIndex } from './place-index.js';

/** Finds what is on the ground by the names of the built-in map. */
@Controller()
export class PlacesController {
  /** Made when it is first asked for: a start need not wait for it. */
  private index: PlaceIndex | undefined;

  constructor(@Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions) {}

  @Call('findPlaces')
  find(@Input() { query }: InputOf<'findPlaces'>): AnswerOf<'findPlaces'> {
    const layer = (name: string) => this.options.layers?.[name]?.();
    this.index ??= createPlaceIndex({
      districts: layer('districts'),
      places: layer('places'),
      roads: layer('roads'),
      water: layer('water'),
      land: layer('land'),
    });
    return { items: this.index.find(query.q, query.limit) };
  }
}
