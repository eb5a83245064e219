export * from './port.js';
export { alarmIdOf, createAlarmDesk } from './desk.js';
export { isActive, NEXT_STATE } from './table.js';
