/**
 * Cells as careless people and programs write them, with what is right; in ten languages, field by field.
 *
 * A line of the cases says what may become of a cell, alternatives joined by ` or `: `=value` is stored, listed or not;
 * `0` leaves the field empty; `!` or `!code` is refused; `?` or `?code` is listed as a finding, whatever is stored.
 */
import { readFileSync } from 'node:fs'
import t from 'tap'
import type { SheetCell } from '../../src/mapping/cell.ts'
import { FindingsTally } from '../../src/mapping/findings-tally.ts'
import { prepareMapper } from '../support/built-in-catalogue.ts'

interface Case {
  readonly field: string
  readonly region: string
  readonly cell: string | SheetCell
  readonly expect: string
  readonly mapping?: object
}

const lines = readFileSync(new URL('careless-cells.jsonl', import.meta.url), 'utf8')
const cases: Case[] = lines
  .trimEnd()
  .split('\n')
  .map(line => JSON.parse(line))

function outcomeOf({ field, region, cell, mapping }: Case) {
  const options = { region, today: '2026-11-28', ...mapping }
  const mapper = prepareMapper([{ column: 1, field }], options)
  const tally = new FindingsTally()
  const read: SheetCell =
    typeof cell === 'string' ? { column: 1, type: 'string', value: cell } : cell
  const mapped = mapper.map({ number: 2, cells: [read] }, tally)
  const finding = tally.findings().find(({ column }) => column === 1)
  const place = mapper.fields.findIndex(({ key }) => key === field)
  return {
    value: mapped.kind === 'contact' ? mapped.values[place] : null,
    isRefused: finding?.outcome === 'blanked' || finding?.outcome === 'rejected',
    code: finding?.code,
  }
}

function isMet(expected: string, outcome: ReturnType<typeof outcomeOf>): boolean {
  const { value, isRefused, code } = outcome
  const rest = expected.slice(1)
  if (expected === '0') return !isRefused && value === null
  if (expected.startsWith('=')) return !isRefused && value === rest
  if (expected.startsWith('!')) return isRefused && (rest === '' || code === rest)
  if (expected.startsWith('?')) return code !== undefined && (rest === '' || code === rest)
  throw new Error(`"${expected}" is no expectation`)
}

t.test('what careless cells mean is what lands', async t => {
  for (const line of cases) {
    const outcome = outcomeOf(line)
    const met = line.expect.split(' or ').some(expected => isMet(expected.trim(), outcome))
    if (!met) t.fail(`${JSON.stringify(line)}: ${JSON.stringify(outcome)}`)
  }
  t.ok(cases.length > 1_000, `${cases.length} cells`)
})
