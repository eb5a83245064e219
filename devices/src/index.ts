export * from './device-error.js';
export { LIFELINES } from './lifelines.js';
export { planDevices, connectingDevices } from './plan-devices.js';
export * from './simulated-city.js';
export { loadScenario, parseScenario, SCENARIO_FOLDER, DEFAULT_SCENARIO } from './scenario/load.js';
export { scenarioSchema, type Scenario, type ScenarioEvent } from './scenario/schema.js';
export { placeScenario, type GroundTruth } from './scenario/ground-truth.js';
export { startSimulatedCityThread, type ThreadOptions } from './simulated-city-thread.js';
export type { FromWorker, ToWorker, WorkerStart } from './worker-protocol.js';
export { rehearse, type Rehearsal, type RehearsalOptions, type Crossing } from './scenario/rehearse.js';
export {
  describeRecording,
  type DescribeOptions,
  type Recording,
  type RecordedColumn,
  type RecordingKind,
} from './replay/recording.js';
export { DATE_ORDERS, type DateOrder } from './replay/recorded-time.js';
export { registrationFor, type RegistrationOptions } from './replay/registration.js';
export { replayCsv, type ReplayOptions, type ReplayProgress, type ReplayResult } from './replay/replay-csv.js';
export { BRIDGE_SAMPLE } from './replay/sample.js';
export { play, sensorsOf, type Hearer, type PlayOptions, type Played } from './trial/play.js';
export { runTrial, type TrialAlarm, type TrialResult, type TriedEngine } from './trial/trial.js';
export { arrangeSeason, type Occurrence, type SeasonOptions } from './trial/arrange.js';
export { judge, type FalseAlarm, type Judged, type Judgement } from './trial/judge.js';
export { loadScenarios } from './scenario/load.js';
