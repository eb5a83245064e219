export { DETECTOR, DetectorModule } from './detector.module.js';
export {
  DetectionService,
  type DetectionHealth,
  type DetectionOptions,
  type DetectionPorts,
} from './detection-service.js';
