export * from './facts.js';
export * from './random.js';
export * from './geometry.js';
export * from './base-layers.js';
