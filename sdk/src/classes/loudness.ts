/** Below this nobody hears anything. */
const QUIETEST_DB = -60
const STEPS = 50

/**
 * How loud something is to the ear, from 0 to 1, in steps of 0.02.
 * @param amplitude 0 to 1, as `RTCRtpContributingSource.audioLevel` has it, or the root mean square of samples
 */
export function loudness(amplitude: number): number {
  if (amplitude <= 0) return 0
  const decibels = 20 * Math.log10(Math.min(1, amplitude))
  return Math.round(Math.max(0, 1 - decibels / QUIETEST_DB) * STEPS) / STEPS
}
