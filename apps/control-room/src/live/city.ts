import type { LiveLink } from './live-link.js';

/** What the page knows of the city: as it is, or as it was. */
export type City = Pick<
  LiveLink,
  | 'alarms'
  | 'incidents'
  | 'callOuts'
  | 'columns'
  | 'states'
  | 'sensors'
  | 'assets'
  | 'health'
  | 'link'
  | 'values'
  | 'watch'
  | 'readSensors'
  | 'onStepTick'
>;
