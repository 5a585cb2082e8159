/** The JetStream stream of the events: creates it when it is missing, and updates it when it differs from the configuration. */
import {
  type JetStreamManager,
  StorageType,
  type StreamConfig,
  type StreamUpdateConfig,
} from '@nats-io/jetstream'
import type { EventStreamConfig } from '../config.ts'
import type { ImportEvent } from '../contracts/events.ts'
import { isStreamMissing, isStreamNameTaken } from './nats-faults.ts'

export const streamName = 'CONTACT_IMPORT'
export const subjectPrefix = 'contact-import'

const nanosPerSecond = 1e9

/** The NATS subject of an event: `contact-import.<tenant>.<importId>.<event>` */
export function subjectOf({ tenant, subject, type }: ImportEvent): string {
  return `${subjectPrefix}.${tenant}.${subject}.${type.split('.')[1]}`
}

/** The settings that the configuration decides. An existing stream keeps all others as the operator of NATS set them. */
function settingsOf(config: EventStreamConfig): Partial<StreamUpdateConfig> {
  return {
    subjects: [`${subjectPrefix}.>`],
    max_age: config.ageHours * 3600 * nanosPerSecond,
    max_bytes: config.bytesMax,
    num_replicas: config.replicas,
    duplicate_window: config.duplicateWindowSeconds * nanosPerSecond,
  }
}

/** `kept`: the broker refused to change the stream, so the service uses it as it is; `reason` is the broker's answer. */
export type StreamOutcome =
  | { readonly did: 'created' | 'updated' | 'nothing' }
  | { readonly did: 'kept'; readonly reason: string }

/** Creates or updates the stream. Throws the broker's answer when there is no stream and the broker refuses to create one. */
export async function ensureStream(
  manager: JetStreamManager,
  config: EventStreamConfig,
): Promise<StreamOutcome> {
  const settings = settingsOf(config)
  let found = await findStream(manager)
  if (!found) {
    if (await addStream(manager, settings)) return { did: 'created' }
    found = (await manager.streams.info(streamName)).config
  }
  if (isAsSet(found, settings)) return { did: 'nothing' }
  try {
    await manager.streams.update(streamName, settings)
    return { did: 'updated' }
  } catch (error) {
    return { did: 'kept', reason: (error as Error).message }
  }
}

/** Creates the stream; false when another process created it since this one looked. */
async function addStream(
  manager: JetStreamManager,
  settings: Partial<StreamConfig>,
): Promise<boolean> {
  try {
    await manager.streams.add({ ...settings, name: streamName, storage: StorageType.File })
    return true
  } catch (error) {
    if (isStreamNameTaken(error)) return false
    throw error
  }
}

async function findStream(manager: JetStreamManager): Promise<StreamConfig | undefined> {
  try {
    return (await manager.streams.info(streamName)).config
  } catch (error) {
    if (isStreamMissing(error)) return undefined
    throw error
  }
}

function isAsSet(found: StreamConfig, settings: Partial<StreamUpdateConfig>): boolean {
  return Object.entries(settings).every(
    ([key, value]) => JSON.stringify(found[key as keyof StreamConfig]) === JSON.stringify(value),
  )
}
