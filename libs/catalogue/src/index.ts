export * from './channel-type.js';
export * from './catalogue.js';
export { displayUnit } from './units.js';
export { SHIPPED_DEFINITIONS } from './definitions/shipped.js';
export { channelTypeOfDefinition, utilityOfDefinition } from './definitions/lifeline-of.js';
