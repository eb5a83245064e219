export * from './port.js';
export * from './duckdb/duckdb-history.js';
export * from './influx/influx-history.js';
