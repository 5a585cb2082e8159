/** Sorts errors of the broker by what they mean for an event and for the operator of the broker. */
import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream'
import { PermissionViolationError, RequestError } from '@nats-io/transport-node'

/** The broker will never take this event, however often the relay sends it. */
export class EventRefusedError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'EventRefusedError'
  }
}

/** The connection was lost. The broker may have done what the service asked for, or not. */
export class BrokerAwayError extends Error {
  constructor() {
    super('the connection to the broker is interrupted')
    this.name = 'BrokerAwayError'
  }
}

/** JetStream's `err_code` (nats-server, server/errors.json). */
const messageExceedsMaximum = 10_054
const streamNameExists = 10_058

export function isTooLarge(error: unknown): boolean {
  return isAnswer(error, messageExceedsMaximum)
}

/** Nobody received the message: JetStream is off, no stream takes the subject, or the service's stream is gone. */
export function isUnheard(error: unknown): boolean {
  return causes(error).some(
    cause =>
      isStreamMissing(cause) ||
      (cause instanceof RequestError && cause.isNoResponders()) ||
      cause.name === 'JetStreamNotEnabled',
  )
}

export function isStreamMissing(error: unknown): boolean {
  return isAnswer(error, JetStreamApiCodes.StreamNotFound)
}

/** The broker already has a stream of this name, with other settings than the service asked for. */
export function isStreamNameTaken(error: unknown): boolean {
  return isAnswer(error, streamNameExists)
}

export function isForbidden(error: unknown): boolean {
  return causes(error).some(cause => cause instanceof PermissionViolationError)
}

/** Whether JetStream answered with this `err_code`. */
function isAnswer(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code
}

function causes(error: unknown): Error[] {
  const found: Error[] = []
  for (let at = error; at instanceof Error && found.length < 5; at = at.cause) found.push(at)
  return found
}
