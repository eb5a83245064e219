export { DETECTOR, DetectorModule } from './detector.module.js';
export { DetectionService } from './detection-service.js';
export type { DetectionHealth, DetectionOptions, DetectionPorts } from './detection-ports.js';
