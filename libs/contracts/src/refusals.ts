/**
 * What the gateway refuses a person, by a code that a page tells in its own language (`code` of the problem document; RFC 9457
 * lets a document carry members of its own). `params` are named in braces.
 */
export const REFUSAL_CODES = [
  // Alarms
  'alarm-unknown',
  /** {who} */
  'already-acknowledged',
  'alarm-over',
  'alarm-held',
  /** {who} */
  'moved-meanwhile',
  'superseded',
  'detector-silent',
  'not-learned',
  'never-shelved',
  'nothing-to-shelve',
  /** {count} */
  'too-many-shelved',
  'not-latched',
  'not-shelved',
  'not-out-of-service',
  // Maintenance windows
  'window-unknown',
  'window-empty',
  /** {days} */
  'window-too-long',
  'window-over',
  /** {days} */
  'window-too-far',
  /** {hours} */
  'window-begun-too-long',
  /** {who} */
  'window-changed',
  'window-ended',
  /** {ids} */
  'scope-unknown',
  'scope-covers-nothing',
  // Incidents
  /** {id} */
  'incident-unknown',
  'incident-closed',
  'incident-open',
  /** {who} */
  'incident-changed',
  /** {count} */
  'incident-standing',
  /** {headline} */
  'alarm-in-incident',
  'alarm-not-in-incident',
  // Duty roster and call-outs
  'duty-unknown',
  /** {who} */
  'duty-changed',
  'duty-removed',
  /** {ids} */
  'district-unknown',
  'incident-not-open',
  'call-out-unknown',
  'call-out-id-taken',
  /** {who} */
  'call-out-moved',
  'call-out-over',
  /** {hours} */
  'arrival-unlikely',
  // Definitions
  'version-conflict',
  // Registry
  'device-exists',
  'device-unknown',
  'asset-unknown',
  'gateway-unknown',
  'sensor-exists',
  'wrong-utility',
  // Whoever calls, whatever is called
  'login-needed',
  'session-ended',
  /** {needed} {role} */
  'role-needed',
  'records-unreachable',
  'log-full',
  'history-unreachable',
  // Export
  /** {days} */
  'span-too-long',
  'span-empty',
  /** {count} */
  'exports-busy',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];
