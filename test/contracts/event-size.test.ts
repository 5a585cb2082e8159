/** How large events may become, whatever an import is called, whoever made it and however many sheets it has. */
import t from 'tap'
import { type EventName, eventNames, type ImportEvent } from '../../src/contracts/events.ts'
import {
  type ImportRecord,
  toProgress,
  toSnapshot,
  toValidationProgress,
  type ValidationRecord,
} from '../../src/contracts/import-snapshot.ts'
import { fileNameCharactersMax, importNameCharactersMax } from '../../src/limits.ts'
import { toImportEvent } from '../../src/storage/outbox/outbox.ts'

const count = 1_048_576

/** Each member as long as it may be; JSON takes four bytes for each of these characters. */
const longest: ImportRecord = {
  id: '0198c0de-7a10-7c44-9d2e-3f5b8a6c1e02',
  tenantId: 'x'.repeat(64),
  name: '𝒜'.repeat(importNameCharactersMax),
  kind: 'correction',
  corrects: '0198c0de-7a10-7c44-9d2e-3f5b8a6c1e02',
  status: 'running',
  fileName: '𝒜'.repeat(fileNameCharactersMax),
  fileBytes: 268_435_456,
  fileSha256: 'a'.repeat(64),
  firstRow: 1,
  nextRow: count,
  rowsTotal: count,
  rowsCreated: count,
  rowsUpdated: count,
  rowsSkipped: count,
  rowsRejected: count,
  findingsRepaired: count,
  findingsNoted: count,
  findingsBlanked: count,
  rowsPerSecond: count,
  readings: [{ version: 3, fromRow: count }],
  createdBy: '𝒜'.repeat(255),
  createdAt: '2026-01-31T12:00:00.000Z',
  startedAt: '2026-01-31T12:00:00.000Z',
}

const validation: ValidationRecord = {
  status: 'running',
  firstRow: 1,
  nextRow: count,
  rowsTotal: count,
  rowsCreated: count,
  rowsSkipped: count,
  rowsRejected: count,
  findingsRepaired: count,
  findingsNoted: count,
  findingsBlanked: count,
  rowsPerSecond: count,
  startedAt: '2026-01-31T12:00:00.000Z',
  isStale: false,
}

/** While it is validated, an import stands before its first row. */
const mapped: ImportRecord = {
  ...longest,
  status: 'mapped',
  nextRow: longest.firstRow,
  rowsCreated: 0,
  rowsUpdated: 0,
  rowsSkipped: 0,
  rowsRejected: 0,
  findingsRepaired: 0,
  findingsNoted: 0,
  findingsBlanked: 0,
  startedAt: null,
}

const oftenSent: readonly EventName[] = ['progress', 'validation-progress']

function payloadOf(event: EventName) {
  if (event === 'progress') return toProgress(longest)
  if (event === 'validation-progress') return toValidationProgress(mapped, validation)
  return toSnapshot(longest, { validation })
}

function largestEvent(event: EventName): ImportEvent {
  return toImportEvent({
    tenantId: longest.tenantId,
    importId: longest.id,
    seq: 2_147_483_647,
    position: Number.MAX_SAFE_INTEGER,
    event,
    payload: payloadOf(event),
    actor: oftenSent.includes(event) ? null : longest.createdBy,
    bytes: 0,
    createdAt: '2026-01-31T12:00:00.000Z',
  })
}

const bytesOf = (event: EventName) => Buffer.byteLength(JSON.stringify(largestEvent(event)))

t.test('events are small: progress, which comes often, the more so', async t => {
  for (const name of oftenSent) t.ok(bytesOf(name) < 2 * 1024, `${name}: ${bytesOf(name)} bytes`)
  for (const name of eventNames) t.ok(bytesOf(name) < 8 * 1024, `${name}: ${bytesOf(name)} bytes`)
})
