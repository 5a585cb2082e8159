/**
 * What the demo prints, line by line, from what the API answered. Pure: it calls nothing and
 * writes nothing.
 */
import type { Contact } from '../contracts/contact.ts'
import type { Import, RowIssueItem } from '../contracts/import.ts'
import type { MappingSuggestion } from '../contracts/mapping.ts'
import type { Speaker, TextKey } from './texts.ts'

type SuggestedColumn = MappingSuggestion['columns'][number]

const labelCells = 11

/** A line that begins with its label in a column of its own. */
export function labelled(speaker: Speaker, label: TextKey | null, text: string): string {
  return `${(label === null ? '' : speaker.say(label)).padEnd(labelCells)}${text}`
}

/** Bytes in the unit that reads best. */
export function sizeText(speaker: Speaker, bytes: number): string {
  if (bytes < 1024) return `${speaker.number(bytes)} B`
  const [unit, divisor] = bytes < 2 ** 20 ? ['KiB', 2 ** 10] : ['MiB', 2 ** 20]
  return `${speaker.number(bytes / Number(divisor), 1)} ${unit}`
}

export function mappingLines(
  speaker: Speaker,
  columns: { mapped: SuggestedColumn[]; unrecognised: SuggestedColumn[] },
): string[] {
  const { mapped, unrecognised } = columns
  const counts = { mapped: mapped.length, columns: mapped.length + unrecognised.length }
  const lines = [labelled(speaker, 'mapping', speaker.say('mapped', counts))]
  lines.push(...mapped.map(({ name, field }) => labelled(speaker, null, `${name} → ${field}`)))
  if (unrecognised.length > 0) {
    const names = unrecognised.map(column => column.name).join(', ')
    lines.push(labelled(speaker, null, speaker.say('unrecognised', { columns: names })))
  }
  return lines
}

/** The ledger, the speed by the service's own clock, rejected rows and a few contacts. */
export function resultLines(
  speaker: Speaker,
  result: { done: Import; issues: RowIssueItem[]; contacts: Contact[] },
): string[] {
  const { done, issues, contacts } = result
  const { total, created, updated, skipped, rejected, remaining } = done.rows
  const sum = Object.entries({ total, created, updated, skipped, rejected, remaining })
  const counts = Object.fromEntries(sum.map(([name, rows]) => [name, speaker.number(rows)]))
  const seconds = (Date.parse(done.finishedAt ?? '') - Date.parse(done.startedAt ?? '')) / 1000
  const rate = speaker.number(done.rows.processed / Math.max(seconds, 0.001))
  return [
    labelled(speaker, 'ledger', speaker.say('ledgerSum', counts)),
    labelled(
      speaker,
      'speed',
      speaker.say('speedMeasured', { rate, seconds: speaker.number(seconds, 2) }),
    ),
    ...listed(
      speaker,
      'issues',
      issues.map(({ message }) => message),
    ),
    ...listed(speaker, 'contacts', contacts.map(contactText)),
  ]
}

function listed(speaker: Speaker, label: TextKey, texts: string[]): string[] {
  return texts.map((text, index) => labelled(speaker, index === 0 ? label : null, text))
}

function contactText(contact: Contact): string {
  const name = [contact.firstName, contact.lastName].filter(part => part !== null).join(' ')
  const { companyName, phone, email, city, birthDate } = contact
  const known = [name || null, companyName, phone, email, city, birthDate]
  return `${contact.rowNumber}  ${known.filter(value => value !== null).join(' · ')}`
}

export interface NextSteps {
  url: string
  tenant: string
  token: string
  /** Absolute path of the sheet that was imported. */
  sheetPath: string
  done: Import
  contacts: Contact[]
}

/** Commands for a POSIX shell that work as they stand, the token first. */
export function nextLines(speaker: Speaker, steps: NextSteps): string[] {
  const { url, tenant, token, sheetPath, done, contacts } = steps
  const curl = 'curl -s -H "Authorization: Bearer $TOKEN"'
  const search = new URLSearchParams({ importId: done.id, limit: '5' })
  const searchText = findSearchText(contacts)
  if (searchText !== null) search.set('q', searchText)
  return [
    `${speaker.say('next')}:`,
    '',
    speaker.say('docs'),
    `  ${url}/docs`,
    speaker.say('token', { tenant }),
    `  TOKEN='${token}'`,
    speaker.say('curlImports'),
    `  ${curl} ${shellWord(`${url}/v1/imports`)}`,
    speaker.say('curlContacts'),
    `  ${curl} ${shellWord(`${url}/v1/contacts?${search}`)}`,
    speaker.say('curlUpload'),
    `  ${curl} -F ${shellWord(`file=@${curlFile(sheetPath)}`)} ${shellWord(`${url}/v1/imports`)}`,
    speaker.say('curlDelete'),
    `  ${curl} -X DELETE ${shellWord(`${url}/v1/imports/${done.id}`)}`,
    '',
    speaker.say('serving'),
  ]
}

/** The beginning of something that the contact search finds. */
function findSearchText(contacts: Contact[]): string | null {
  const found = contacts.map(
    ({ lastName, companyName, email, phone }) => lastName ?? companyName ?? email ?? phone,
  )
  return found.find(text => text !== null)?.slice(0, 4) ?? null
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** A path as `curl -F` takes it whole, also with commas and semicolons. */
function curlFile(path: string): string {
  return `"${path.replaceAll(/["\\]/g, '\\$&')}"`
}
