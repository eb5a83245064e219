export * from './port.js';
export { embeddedInlet, type EmbeddedInlet, type EmbeddedInletOptions } from './embedded-inlet.js';
export { externalInlet, type ExternalInletOptions } from './external-inlet.js';
