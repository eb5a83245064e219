export * from './ports.js';
export * from './open-ports.js';
