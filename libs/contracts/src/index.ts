export * from './clock.js';
export * from './vocabulary.js';
export * from './topics.js';
export * from './registry.js';
export * from './alarm.js';
export * from './live.js';
export * from './rest.js';
