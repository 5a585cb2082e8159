/** How many columns of whole lists are proposed rightly, a language at a time, by their names alone. */
import t from 'tap'
import { builtInFields } from '../../src/mapping/built-in-fields.ts'
import { createFieldCatalogue } from '../../src/mapping/field-catalogue.ts'
import { suggestMapping } from '../../src/mapping/match-headers.ts'
import { headerLists } from './header-lists.ts'

const catalogue = createFieldCatalogue(builtInFields)
const languages = [...new Set(headerLists.map(({ language }) => language))]

/** The least precision and recall that suggestions must reach. */
const bars: Readonly<Record<string, readonly [precision: number, recall: number]>> = {
  pl: [0.99, 0.95],
  en: [0.99, 0.95],
}
const usualBar = [0.98, 0.9] as const
/** The largest share of columns without contact data that get a field. */
const othersProposedMax = 0.02

interface Tally {
  proposed: number
  right: number
  wanted: number
  others: number
  othersProposed: number
  readonly faults: string[]
}

for (const language of languages) {
  t.test(language, async t => {
    const tally = judge(language)
    const [precision, recall] = bars[language] ?? usualBar
    t.ok(tally.right / tally.proposed >= precision, 'precision', tally)
    t.ok(tally.right / tally.wanted >= recall, 'recall', tally)
  })
}

t.test('columns that are no contact data are left open', async t => {
  const tallies = languages.map(judge)
  const sum = (count: (tally: Tally) => number) =>
    tallies.reduce((total, tally) => total + count(tally), 0)
  const share = sum(tally => tally.othersProposed) / sum(tally => tally.others)
  t.ok(share <= othersProposedMax, `${share}`, { tallies })
})

function judge(language: string): Tally {
  const tally: Tally = {
    proposed: 0,
    right: 0,
    wanted: 0,
    others: 0,
    othersProposed: 0,
    faults: [],
  }
  for (const { columns } of headerLists.filter(list => list.language === language)) {
    const names = Object.keys(columns)
    const proposals = suggestMapping(names, catalogue)
    for (const [at, name] of names.entries()) {
      count(tally, { name, wanted: columns[name]!, field: familyOf(proposals[at]!.field) })
    }
  }
  return tally
}

function count(
  tally: Tally,
  { name, wanted, field }: { name: string; wanted: string | null; field: string | null },
): void {
  if (wanted === null) tally.others += 1
  else tally.wanted += 1
  if (field !== null) tally.proposed += 1
  if (field !== null && wanted === null) tally.othersProposed += 1
  if (field !== null && field === wanted) tally.right += 1
  if (field !== wanted) tally.faults.push(`${name}: ${field}, not ${wanted}`)
}

/** `phone` for `phone2`. */
function familyOf(field: string | null): string | null {
  return field?.replace(/\d$/, '') ?? null
}
