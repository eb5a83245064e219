export * from './port.js';
export * from './registry-copy.js';
