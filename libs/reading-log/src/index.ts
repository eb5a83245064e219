export * from './port.js';
export { openLmdbLog, type LmdbLogOptions } from './lmdb/lmdb-log.js';
export * from './consumers.js';
