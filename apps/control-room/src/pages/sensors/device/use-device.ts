import { useQuery } from '@tanstack/react-query';
import { call } from '../../../api/call.js';

/** One registered device with its sensors. */
export function useDevice(deviceId: string) {
  return useQuery({
    queryKey: ['device', deviceId],
    queryFn: ({ signal }) => call('getDevice', { params: { deviceId }, signal }),
  });
}
