/** Names under which the other services keep their cursors; the live view begins where they stand, so that no gap appears. */
export const HISTORY_CONSUMER = 'history';
export const ALARM_PROJECTOR = 'alarms-to-records';
/** The live view's own. It begins anew at every start, so its cursor means nothing after one. */
export const LIVE_CONSUMER = 'live-view';
