import type {
  Alarm,
  AlarmDefinition,
  AlarmDefinitionContent,
  AlarmTransition,
  Asset,
  AccountRow,
  Device,
  DevicePatch,
  ImportAnswer,
  Incident,
  IncidentAct,
  IncidentFile,
  IncidentMember,
  Knock,
  MaintenanceContent,
  MaintenanceWindow,
  NewDevice,
  NewIncidentAct,
  Reject,
  Role,
  User,
  Utility,
} from '@lifeline/contracts';
import type { CallOutStore, DutyStore } from './call-out-port.js';

/**
 * The records: registry, alarms, rejects, the account, people. One implementation over PGlite (embedded) and PostgreSQL; one
 * schema and one folder of migrations.
 */
export interface Records {
  readonly registry: RegistryStore;
  readonly alarms: AlarmStore;
  readonly definitions: AlarmDefinitionStore;
  readonly maintenance: MaintenanceStore;
  readonly duty: DutyStore;
  readonly callOuts: CallOutStore;
  readonly incidents: IncidentStore;
  readonly rejects: RejectStore;
  readonly account: AccountStore;
  readonly people: PeopleStore;
  /** Where a projection stands, by partition (index); empty before its first write. */
  cursor(consumer: string): Promise<readonly number[]>;
  close(): Promise<void>;
}

export interface Page {
  readonly limit: number;
  /** Opaque; from the answer before. */
  readonly after?: string | undefined;
}
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

export type RegistryErrorCode =
  'device-exists' | 'device-unknown' | 'asset-unknown' | 'gateway-unknown' | 'sensor-exists' | 'wrong-utility';
/** An expected refusal of the registry; the message says what, where and how to mend it. */
export class RegistryError extends Error {
  constructor(
    readonly code: RegistryErrorCode,
    message: string,
    /** Path of the wrong field, e.g. `sensors.0.assetId`. */
    readonly path?: string,
  ) {
    super(message);
  }
}

export interface RegistryStore {
  createDevice(device: NewDevice, nowMs: number): Promise<Device>;
  changeDevice(deviceId: string, patch: DevicePatch, nowMs: number): Promise<Device>;
  /** Takes it out of the registry; its sensor numbers stay with (deviceId, channel) should it come back. */
  deleteDevice(deviceId: string, nowMs: number): Promise<void>;
  device(deviceId: string): Promise<Device | undefined>;
  devices(question: Page & { utility?: Utility | undefined; q?: string | undefined }): Promise<Listed<Device>>;
  /** Many devices in few statements, all or nothing; those that exist are changed. For the simulated city and imports. */
  putDevices(
    devices: readonly NewDevice[],
    nowMs: number,
  ): Promise<{ created: number; changed: number; unchanged: number }>;
  putAssets(assets: readonly Asset[]): Promise<void>;
  /** @param question `q`: words, each of which is in the id or a name, any case */
  assets(question: Page & { utility?: Utility | undefined; q?: string | undefined }): Promise<Listed<Asset>>;
  asset(assetId: string): Promise<Asset | undefined>;
  /**
   * CSV import (columns: deviceId, utility, channel, name, unit, lon, lat required; assetId, gatewayId, intervalS, rangeLow, rangeHigh, lowLow, low,
   * high, highHigh, deadband, onDelayS, offDelayS): all or nothing, every bad cell named; row 1 is the first after the header.
   */
  importCsv(csv: string, options: { dryRun: boolean; nowMs: number }): Promise<ImportAnswer>;
  /** A new random credential in place of the old one; given in clear this once, kept as SHA-256 (it is 192 bits of chance). */
  issueCredential(deviceId: string, nowMs: number): Promise<{ username: string; password: string }>;
  /** Everything that the in-memory copy needs. */
  snapshot(): Promise<RegistrySnapshot>;
  /** Calls back after every change, this process's or another's (LISTEN/NOTIFY), with what changed; gives the way to stop. */
  onChange(listener: (notice: RegistryNotice) => void): Promise<() => Promise<void>>;
  /** For applying a change to the copy: these devices as they are now; one that is missing was deleted. */
  devicesById(deviceIds: readonly string[]): Promise<readonly RegisteredDevice[]>;
}

/** The devices that changed; or everything, after a bulk, a change of assets, or a lost connection to the database. */
export type RegistryNotice = readonly string[] | 'everything';

export interface RegisteredDevice {
  readonly device: Device;
  /** SHA-256 of the MQTT password, or null where none was issued. */
  readonly credentialHash: Uint8Array | null;
}
export interface RegistrySnapshot {
  readonly devices: readonly RegisteredDevice[];
  readonly assets: readonly Asset[];
}

export interface AlarmStore {
  /** Projects transitions of the log; one already there (alarmId, sequence) changes nothing. Keeps the consumer's cursor in the same transaction. */
  project(
    transitions: readonly { transition: AlarmTransition; streamSequence: number }[],
    cursor: ProjectionCursor,
  ): Promise<void>;
  alarm(alarmId: string): Promise<Alarm | undefined>;
  /** Those of these that are known, in the order of the ids. */
  alarmsById(alarmIds: readonly string[]): Promise<readonly Alarm[]>;
  /** Newest raised first. `states` empty: all. */
  alarms(
    question: Page & {
      states: readonly string[];
      fromMs?: number | undefined;
      toMs?: number | undefined;
      sensorId?: string | undefined;
    },
  ): Promise<Listed<Alarm>>;
  /** Every alarm whose state is not normal. */
  open(): Promise<readonly Alarm[]>;
  /** Every transition before `toMs` of the alarms that were open, or moved, from `fromMs` on; any order. */
  lives(fromMs: number, toMs: number): Promise<readonly AlarmTransition[]>;
  /** Transitions later than `afterMs` and up to `untilMs`, in order of their times; no more than `most`. */
  moved(afterMs: number, untilMs: number, most: number): Promise<readonly AlarmTransition[]>;
  rate(
    fromMs: number,
    toMs: number,
    slots: number,
  ): Promise<readonly { startMs: number; raised: Partial<Record<string, number>> }[]>;
}

export interface RejectStore {
  project(rejects: readonly Omit<Reject, 'rejectId'>[], cursor: ProjectionCursor): Promise<void>;
  rejects(question: Page & { deviceId?: string | undefined; reason?: string | undefined }): Promise<Listed<Reject>>;
  /** Unregistered devices, or wrong credentials, newest first (reasons unknown-device, bad-credential), of the last seven days. */
  knocks(nowMs: number): Promise<readonly Knock[]>;
  /** Keeps the newest `keep`, and tidies up after them. */
  retain(keep: number): Promise<void>;
}

/** What is added to the account of one minute and inlet. */
export interface AccountDelta {
  readonly minuteMs: number;
  readonly inlet: string;
  readonly received: number;
  readonly stored: number;
  readonly rejected: number;
  readonly duplicate: number;
}
export interface AccountStore {
  /** Adds once: the cursor moves in the same transaction, and what lies at or before it was added before. */
  add(deltas: readonly AccountDelta[], cursor: ProjectionCursor): Promise<void>;
  /** waiting = received - stored - rejected - duplicate. */
  account(fromMs: number, toMs: number): Promise<readonly AccountRow[]>;
}

/** Where a projection stands in a stream; kept with its rows so that each record counts once. */
export interface ProjectionCursor {
  readonly consumer: string;
  readonly partition: number;
  readonly sequence: number;
}

/** An expected refusal about definitions of alarms. */
export class DefinitionError extends Error {
  constructor(
    readonly code: 'version-conflict',
    message: string,
  ) {
    super(message);
  }
}

export interface DefinitionEdit {
  readonly definitionId: string;
  /** The newest version this edit began from; 0 where there is none yet. */
  readonly expectedVersion: number;
  readonly content: AlarmDefinitionContent;
  readonly editedBy: string;
  readonly note: string;
}

/** A step of an alarm's procedure was ticked, or its tick taken away. */
export interface StepTick {
  readonly alarmId: string;
  readonly definitionId: string;
  /** Version of the definition that the step was read in. */
  readonly version: number;
  readonly step: number;
  readonly done: boolean;
  readonly actor: string;
  readonly atMs: number;
}

/** The master alarm database, its versions, and what was ticked of its procedures. Nothing in it is rewritten. */
export interface AlarmDefinitionStore {
  /** The newest version of each definition, by id. */
  newest(): Promise<readonly AlarmDefinition[]>;
  /** Every version, newest first; empty where the id is unknown. */
  versions(definitionId: string): Promise<readonly AlarmDefinition[]>;
  /** @throws DefinitionError `version-conflict` */
  put(edit: DefinitionEdit, nowMs: number): Promise<AlarmDefinition>;
  /** What Lifeline ships: a version of its own where it is new or otherwise than before, and nobody has edited it. Gives how many. */
  ship(shipped: ReadonlyMap<string, AlarmDefinitionContent>, nowMs: number): Promise<number>;
  /** Calls back after every change, this process's or another's; gives the way to stop. */
  onChange(listener: () => void): Promise<() => Promise<void>>;
  tick(tick: Omit<StepTick, 'atMs'>, nowMs: number): Promise<void>;
  /** Oldest first. */
  ticks(alarmId: string): Promise<readonly StepTick[]>;
}

/** An expected refusal about maintenance windows. */
export class MaintenanceError extends Error {
  constructor(
    readonly code: 'window-unknown' | 'version-conflict',
    message: string,
    /** Of a conflict: who changed it meanwhile. */
    readonly changedBy?: string,
  ) {
    super(message);
  }
}

export interface MaintenanceEdit {
  readonly windowId: string;
  /** The newest version this edit began from. */
  readonly expectedVersion: number;
  /** Missing: as before. */
  readonly content?: MaintenanceContent;
  readonly endedAtMs: number | null;
  readonly changedBy: string;
}

/** Maintenance windows and all their versions. Nothing in it is rewritten. */
export interface MaintenanceStore {
  create(content: MaintenanceContent, createdBy: string, nowMs: number): Promise<MaintenanceWindow>;
  /** @throws MaintenanceError */
  change(edit: MaintenanceEdit, nowMs: number): Promise<MaintenanceWindow>;
  /** The newest version; undefined where it is unknown. */
  window(windowId: string): Promise<MaintenanceWindow | undefined>;
  /** The newest version of each whose planned end is after `afterMs`, by their begin. */
  endingAfter(afterMs: number): Promise<readonly MaintenanceWindow[]>;
}

/** An expected refusal about incidents. */
export class IncidentError extends Error {
  constructor(
    readonly code: 'act-conflict',
    message: string,
    /** Who did the newest act. */
    readonly by: string,
  ) {
    super(message);
  }
}

/** An incident as it was told, with what changed in it since it was last kept. */
export interface ToldIncident {
  readonly incident: Incident;
  /** Position in the stream of alarms as of which it was told. */
  readonly position: number;
  readonly joined: readonly IncidentMember[];
  /** Ids of alarms. */
  readonly left: readonly string[];
  /** True where `joined` are all of its alarms, and no other is in it. */
  readonly isWhole?: true;
}

export interface NumberedAct {
  /** Greater than that of every act before it, over all incidents. */
  readonly actNo: number;
  readonly act: IncidentAct;
}

/** Incidents as last told, their alarms, and what people did to them. Acts are never rewritten. */
export interface IncidentStore {
  /** Keeps what was told. What is older than what is kept changes nothing, so that several may tell the same. */
  keep(told: readonly ToldIncident[]): Promise<void>;
  /**
   * Adds an act after the newest one that its writer knew (0: none).
   * @throws IncidentError `act-conflict` where another came meanwhile
   */
  act(act: NewIncidentAct, after: number): Promise<NumberedAct>;
  /** In their order. */
  acts(incidentId: string): Promise<readonly IncidentAct[]>;
  /** In the order in which they came; no more than `most`. */
  actsAfter(actNo: number, most: number): Promise<readonly NumberedAct[]>;
  newestActNo(): Promise<number>;
  /** What a start must know: the open ones, those of these alarms, those named so; and acts of incidents that were never told. */
  standing(alarmIds: readonly string[], incidentIds: readonly string[]): Promise<readonly StandingIncident[]>;
  incident(incidentId: string): Promise<KeptFile | undefined>;
  /** The newest first. Those without alarms on which nobody worked are left out: their alarms are in another, or lines of their own. */
  incidents(question: IncidentQuestion): Promise<Listed<Incident>>;
  /** Calls back after every act, this process's or another's, or where some may have been missed; gives the way to stop. */
  onAct(listener: () => void): Promise<() => Promise<void>>;
}

export type KeptFile = Omit<IncidentFile, 'over'>;

/** `incident` is null where only acts of it are there. */
export interface StandingIncident {
  readonly incident: Incident | null;
  readonly members: readonly IncidentMember[];
  readonly acts: readonly IncidentAct[];
}

export interface IncidentQuestion extends Page {
  readonly state?: Incident['state'] | undefined;
  readonly utility?: Utility | undefined;
  readonly q?: string | undefined;
  /** Leaves out what was closed before. */
  readonly closedSinceMs?: number | undefined;
  /** Only what was open then. */
  readonly openAtMs?: number | undefined;
}

/** An expected refusal about people. */
export class PeopleError extends Error {
  constructor(
    readonly code: 'user-exists' | 'user-unknown',
    message: string,
  ) {
    super(message);
  }
}

export interface PeopleStore {
  /** The first account; does nothing where it exists. Gives whether it was made. */
  ensureUser(username: string, password: string, role: Role, nowMs: number): Promise<boolean>;
  /** @throws PeopleError `user-exists` */
  createUser(username: string, password: string, role: Role, nowMs: number): Promise<User>;
  /** A new password; the person's sessions end, but for `keepToken`. @throws PeopleError `user-unknown` */
  setPassword(username: string, password: string, keepToken?: string): Promise<User>;
  users(): Promise<readonly User[]>;
  hasUsers(): Promise<boolean>;
  /** The user where the password is right (argon2id); undefined else, in the same time where the name is unknown. */
  verify(username: string, password: string): Promise<User | undefined>;
  /** A session token (kept as SHA-256) that ends at `untilMs`. */
  createSession(username: string, nowMs: number, untilMs: number): Promise<string>;
  session(token: string, nowMs: number): Promise<User | undefined>;
  deleteSession(token: string): Promise<void>;
}
