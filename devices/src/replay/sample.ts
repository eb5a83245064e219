import { fileURLToPath } from 'node:url';

/** The project's own real recording: strain of a bridge while a support is lowered (devices/samples/bridge/README.md). */
export const BRIDGE_SAMPLE = fileURLToPath(new URL('../../samples/bridge/strain-support-lowered.csv', import.meta.url));
