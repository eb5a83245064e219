export * from './reading-block.js';
