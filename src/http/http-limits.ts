/** The caps that the HTTP layer applies. `limits.ts` has their defaults; tests and operators set others. */
import * as limits from '../limits.ts'

export interface HttpLimits {
  readonly uploadBytesMax: number
  readonly uploadsReceivingMax: number
  readonly uploadsReceivingPerTenant: number
  readonly uploadIdleMs: number
  readonly uploadBytesPerSecondMin: number
  readonly jsonBodyBytesMax: number
  readonly lingerMs: number
  readonly closeRequestsMs: number
  readonly eventStreamsMax: number
  readonly eventStreamsPerTenant: number
  readonly eventStreamsPerToken: number
  readonly eventStreamHeartbeatMs: number
  readonly eventStreamBufferBytesMax: number
  readonly eventStreamDrainMs: number
  readonly downloadsMax: number
  readonly downloadsPerTenant: number
  readonly downloadWindowMs: number
  readonly issueSheetsMax: number
  readonly rowCallsMax: number
  readonly rowCallsPerTenant: number
  readonly issueSheetsPerTenant: number
}

/** The given caps, with defaults for the others. */
export function fillLimits(given: Partial<HttpLimits> = {}): HttpLimits {
  return {
    uploadBytesMax: limits.uploadBytesMax,
    uploadsReceivingMax: limits.uploadsReceivingMax,
    uploadsReceivingPerTenant: limits.uploadsReceivingPerTenant,
    uploadIdleMs: limits.uploadIdleMs,
    uploadBytesPerSecondMin: limits.uploadBytesPerSecondMin,
    jsonBodyBytesMax: limits.jsonBodyBytesMax,
    lingerMs: limits.lingerMs,
    closeRequestsMs: limits.closeRequestsMs,
    eventStreamsMax: limits.eventStreamsMax,
    eventStreamsPerTenant: limits.eventStreamsPerTenant,
    eventStreamsPerToken: limits.eventStreamsPerToken,
    eventStreamHeartbeatMs: limits.eventStreamHeartbeatMs,
    eventStreamBufferBytesMax: limits.eventStreamBufferBytesMax,
    eventStreamDrainMs: limits.eventStreamDrainMs,
    downloadsMax: limits.downloadsMax,
    downloadsPerTenant: limits.downloadsPerTenant,
    downloadWindowMs: limits.downloadWindowMs,
    issueSheetsMax: limits.issueSheetsMax,
    rowCallsMax: limits.rowCallsMax,
    rowCallsPerTenant: limits.rowCallsPerTenant,
    issueSheetsPerTenant: limits.issueSheetsPerTenant,
    ...given,
  }
}
