export * from './state-slices.js';
export * from './regression.js';
export * from './spread.js';
export * from './finding-life.js';
export * from './frame-grid.js';
export * from './frame-watch.js';
export * from './evidence.js';
export * from './numbers.js';
