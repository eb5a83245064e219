/** The two parts of a sensor's id, as the REST calls take them. */
export function sensorPartsOf(sensorId: string): { readonly deviceId: string; readonly channel: string } {
  const slash = sensorId.indexOf('/');
  return { deviceId: sensorId.slice(0, slash), channel: sensorId.slice(slash + 1) };
}
