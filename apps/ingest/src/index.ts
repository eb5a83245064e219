export { INGEST, IngestModule } from './ingest.module.js';
export { IngestService, type IngestHealth } from './ingest-service.js';
export { IngestBusyError, IngestPipeline, type IngestPipelineOptions } from './pipeline/ingest-pipeline.js';
export { HistoryWriter, type HistoryWriterOptions } from './history-writer.js';
export { Projector, type ProjectorOptions } from './projections/projector.js';
export { configuredInlets, type InletFactory, type InletWiring } from './inlets/inlet-factory.js';
export { RegistryAuthority } from './inlets/registry-authority.js';
export { DeviceStatuses } from './inlets/device-statuses.js';
export { Failing, type Failure } from './failing.js';
