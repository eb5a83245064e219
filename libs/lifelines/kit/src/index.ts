export * from './lifeline.js';
export * from './fault-book.js';
export * from './noise.js';
export * from './weather.js';
export * from './demand.js';
export * from './simulator.js';
export * from './plan-sensor.js';
export * from './newest-answer.js';
