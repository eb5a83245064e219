export * from './port.js';
export * from './duckdb/duckdb-history.js';
