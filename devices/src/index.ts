export * from './device-error.js';
export { LIFELINES } from './lifelines.js';
export { planDevices, connectingDevices } from './plan-devices.js';
export * from './simulated-city.js';
export { loadScenario, parseScenario, SCENARIO_FOLDER, DEFAULT_SCENARIO } from './scenario/load.js';
export { scenarioSchema, type Scenario, type ScenarioEvent } from './scenario/schema.js';
export { placeScenario, type GroundTruth } from './scenario/ground-truth.js';
export { startSimulatedCityThread, type ThreadOptions } from './simulated-city-thread.js';
export type { FromWorker, ToWorker, WorkerStart } from './worker-protocol.js';
