import type { City } from '../live/city.js';
import { SwitchedCell, SwitchedValues } from './switched.js';

/** The city that the page draws: the live one, or another in its place. Whoever watches it need not know which. */
export class ShownCity implements City {
  readonly alarms: SwitchedCell<ReturnType<City['alarms']['get']>>;
  readonly health: SwitchedCell<ReturnType<City['health']['get']>>;
  readonly link: SwitchedCell<ReturnType<City['link']['get']>>;
  readonly states: SwitchedCell<ReturnType<City['states']['get']>>;
  readonly columns: City['columns'];
  readonly sensors: City['sensors'];
  readonly assets: City['assets'];
  /** Of now; what there was at a past moment is told by their times. */
  readonly callOuts: City['callOuts'];
  readonly values: SwitchedValues;

  private city: City;

  constructor(private readonly live: City) {
    this.alarms = new SwitchedCell(live.alarms);
    this.city = live;
    this.health = new SwitchedCell(live.health);
    this.link = new SwitchedCell(live.link);
    this.states = new SwitchedCell(live.states);
    this.columns = live.columns;
    this.sensors = live.sensors;
    this.assets = live.assets;
    this.callOuts = live.callOuts;
    this.values = new SwitchedValues(live.values);
  }

  get incidents(): City['incidents'] {
    return this.city.incidents;
  }

  /** Shows another city; undefined: the live one again. */
  show(city: City | undefined): void {
    // Until the server has told of newer ones, the states of now are those that came with the columns.
    const { columns, states } = this.live;
    if (city === undefined && states.get() === undefined) states.set(columns.get()?.state);
    this.city = city ?? this.live;
    const { alarms, health, link, values } = city ?? this.live;
    this.states.switchTo((city ?? this.live).states);
    this.alarms.switchTo(alarms);
    this.health.switchTo(health);
    this.link.switchTo(link);
    this.values.switchTo(values);
  }

  /** What is on the screen is watched live all the while: it must be there at once when now is shown again. */
  watch(...[part, interest]: Parameters<City['watch']>): void {
    this.live.watch(part, interest);
  }

  readSensors(): Promise<void> {
    return this.live.readSensors();
  }

  onStepTick(...[listener]: Parameters<City['onStepTick']>): () => void {
    return this.live.onStepTick(listener);
  }
}
