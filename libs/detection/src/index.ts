export * from './port.js';
export { createDetectionEngine, type DetectionEngineOptions } from './detection-engine.js';
export { createLimitEngine, type Companion } from './engine.js';
export { CheckpointFormatError } from './checkpoint.js';
export * from './asset-watch.js';
export { newWatchState } from './watch-state.js';
export { createGroupWatch, type GroupWatchOptions } from './group/group-watch.js';
export { watchSwaps } from './swap/plan-swaps.js';
export { planGroups, watchGroups, type SensorGroup } from './group/plan-groups.js';
