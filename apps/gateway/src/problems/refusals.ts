import type { RefusalCode } from '@lifeline/contracts';
import { ProblemError } from './problem.js';

/** Status of each refusal, and what it says in English; a page says it in its reader's language by the code. */
const REFUSALS: Readonly<Record<RefusalCode, readonly [status: number, detail: string]>> = {
  'alarm-unknown': [404, 'No alarm {id} is known.'],
  'already-acknowledged': [409, '{who} has acknowledged this alarm before.'],
  'alarm-over': [409, 'This alarm is no longer open.'],
  'alarm-held': [409, 'This alarm is shelved, suppressed or out of service. End that first, then do this again.'],
  'moved-meanwhile': [409, '{who} moved this alarm a moment before. Look at it again.'],
  superseded: [409, 'This alarm got worse or came again meanwhile. Look at it, then do it again.'],
  'detector-silent': [503, 'The detector does not answer. What you asked is kept and will be applied when it does.'],
  'not-learned': [
    409,
    'This alarm goes by a limit of the sensor, from which nothing is learned. Change the limit where it is wrong.',
  ],
  'never-shelved': [
    409,
    'This alarm is never shelved: people may be in danger. Acknowledge it and do the steps of its procedure.',
  ],
  'nothing-to-shelve': [409, 'This alarm is not announced anyhow: there is nothing to shelve.'],
  'too-many-shelved': [
    409,
    '{count} alarms are shelved, as many as may be. Unshelve what can be announced again, then shelve this one.',
  ],
  'not-latched': [409, 'Only a latched alarm that was acknowledged can be reset.'],
  'not-shelved': [409, 'This alarm is not shelved.'],
  'not-out-of-service': [409, 'This alarm is not out of service.'],
  'window-unknown': [404, 'No maintenance window {id} is known.'],
  'window-empty': [400, 'The window must begin before it ends.'],
  'window-too-long': [400, 'A window lasts {days} days at most. Plan a further one for what takes longer.'],
  'window-over': [400, 'The window would be over already. Give an end that is to come.'],
  'window-too-far': [400, 'A window begins {days} days ahead at most.'],
  'window-begun-too-long': [400, 'A window may have begun {hours} hours ago at most.'],
  'window-changed': [409, '{who} changed this window meanwhile. Look at it, then do it again.'],
  'window-ended': [409, 'This window is over.'],
  'scope-unknown': [400, 'Not in the registry: {ids}.'],
  'scope-covers-nothing': [400, 'No sensor is covered. Name a sensor, a device, an asset with sensors, or a district.'],
  'incident-unknown': [404, 'No incident {id} is known.'],
  'incident-closed': [409, 'This incident is closed. Reopen it, then do this again.'],
  'incident-open': [409, 'This incident is open already.'],
  'incident-changed': [409, '{who} did something to this incident meanwhile. Look at it, then do it again.'],
  'incident-standing': [
    409,
    '{count} alarms of this incident still stand. Wait until they are over, or say why it is closed all the same.',
  ],
  'alarm-in-incident': [409, 'This alarm is in another incident already: {headline}'],
  'alarm-not-in-incident': [409, 'This alarm is not in the incident (any more).'],
  'duty-unknown': [404, 'No crew or post {id} is on the duty roster.'],
  'duty-changed': [409, '{who} changed this entry of the duty roster meanwhile. Look at it, then do it again.'],
  'duty-removed': [409, 'This crew is off the duty roster. Choose another.'],
  'district-unknown': [400, 'No district of the registry is called: {ids}.'],
  'incident-not-open': [404, 'No incident {id} is open.'],
  'call-out-unknown': [404, 'No call-out {id} is known.'],
  'call-out-id-taken': [409, 'Another call-out has this id. Give each a new one.'],
  'call-out-moved': [409, '{who} said something of this call-out meanwhile. Look at it, then do it again.'],
  'call-out-over': [409, 'This cannot be said of the call-out as it stands: the crew has arrived or was stood down.'],
  'arrival-unlikely': [400, 'The crew must be expected within {hours} hours from now.'],
  'version-conflict': [409, 'Another version was saved meanwhile. Look at what was changed, then edit again.'],
  'device-exists': [409, 'There is such a device already.'],
  'device-unknown': [404, 'No such device is registered.'],
  'asset-unknown': [400, 'No such asset is registered.'],
  'gateway-unknown': [400, 'No such gateway is registered.'],
  'sensor-exists': [409, 'There is such a sensor already.'],
  'wrong-utility': [400, 'The device is of another lifeline.'],
  'login-needed': [401, 'Log in first: POST /api/v1/session.'],
  'session-ended': [401, 'The session has ended; log in again.'],
  'role-needed': [403, 'This needs the role {needed}, you are {role}. An administrator grants it.'],
  'records-unreachable': [503, 'The records do not answer; try again in a moment.'],
  'log-full': [503, 'The reading log is full, so nothing can be kept; the operator of the machine must make room.'],
  'history-unreachable': [503, 'The history does not answer; try again in a moment.'],
  'span-too-long': [400, 'A file spans {days} days at most. Ask for the rest in another file.'],
  'span-empty': [400, 'The span is empty: from must be before to.'],
  'exports-busy': [503, '{count} exports run already. Try again when one of them has ended.'],
};

export type RefusalParams = Readonly<Record<string, string | number>>;
/** The problem of a refusal; `path` names the field that is wrong, where one is. */
export function refusal(code: RefusalCode, params: RefusalParams = {}, path?: string): ProblemError {
  const [status, sentence] = REFUSALS[code];
  const detail = sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
  const errors = path === undefined ? undefined : [{ path, message: detail }];
  const headers: Record<string, string> = status === 503 ? { 'Retry-After': '5' } : {};
  return new ProblemError(status, detail, errors, headers, { code, params });
}
