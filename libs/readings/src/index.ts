export * from './reading-block.js';
export { BlockBuilder, MAX_BLOCK_READINGS } from './block-builder.js';
export { RecentReadings } from './recent-readings.js';
export { CLOCK_BEGIN_MS, QualityGate, type GatedSensor } from './quality-gate.js';
