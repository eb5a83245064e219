export * from './port.js';
export * from './call-out-port.js';
export * from './registry-copy.js';
export * from './open-records.js';
export { RecordsError } from './engine.js';
export { RecordsVersionError } from './migrate.js';
export { PageTokenError } from './page-token.js';
export { alarmOf } from '@lifeline/alarms';
export { AlarmDefinitionCopy, typeInRegistry } from './definition-copy.js';
