/** Bounds of one message; what is above them is rejected with the reason `too-large`. */

/** Largest body that is decoded. A batch of 1,000 readings takes some 60 KiB, so that no honest device comes near. */
export const MAX_BODY_BYTES = 256 * 1024;

/** Most readings of one body. */
export const MAX_BODY_READINGS = 10_000;
