export * from './ports.js';
export * from './open-ports.js';
export * from './record-decoder.js';
