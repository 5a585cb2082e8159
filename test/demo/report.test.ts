/** What the demo prints is true to the API's answers and safe to paste into a shell. */
import { execFileSync } from 'node:child_process'
import t from 'tap'
import type { Contact } from '../../src/contracts/contact.ts'
import type { Import, RowIssueItem } from '../../src/contracts/import.ts'
import { mappingLines, nextLines, resultLines, sizeText } from '../../src/demo/report.ts'
import { createSpeaker } from '../../src/demo/texts.ts'

const english = createSpeaker('en-US')
const polish = createSpeaker('pl-PL')

const done = {
  id: '01920000-0000-7000-8000-000000000001',
  startedAt: '2026-01-01T10:00:00.000Z',
  finishedAt: '2026-01-01T10:00:02.500Z',
  rows: {
    ...{ total: 20_000, processed: 20_000, created: 19_998 },
    ...{ updated: 0, skipped: 1, rejected: 1, remaining: 0 },
  },
} as Import

const contact = {
  ...{ rowNumber: 2, firstName: 'Żaneta', lastName: "O'Hara", companyName: null },
  ...{ phone: '+48501234567', email: null, city: 'Łódź', birthDate: null },
} as Contact

t.test('the ledger as a sum, the speed by the import itself, contacts without gaps', async t => {
  const lines = resultLines(english, { done, issues: [], contacts: [contact] })
  t.match(
    lines[0],
    '20,000 total = 19,998 created + 0 updated + 1 skipped + 1 rejected + 0 remaining',
  )
  t.match(lines[1], '8,000 rows per second, 2.5 s')
  t.match(lines[2], "2  Żaneta O'Hara · +48501234567 · Łódź")
  t.match(resultLines(polish, { done, issues: [], contacts: [] })[0], /^Wiersze/)
  const message = 'A5: "abc" is not a phone number'
  const [, , issue] = resultLines(english, {
    done,
    issues: [{ message } as RowIssueItem],
    contacts: [],
  })
  t.match(issue, new RegExp(`^Rejected +${message}$`), 'which names the cell and its value')
})

t.test('columns without a field are named', async t => {
  const column = { column: 1, confidence: 1, reason: 'header-exact', message: '' } as const
  const lines = mappingLines(english, {
    mapped: [{ ...column, name: 'Telefon', field: 'phone' }],
    unrecognised: [{ ...column, name: 'Kolor', field: null }],
  })
  t.match(lines[0], '1 of 2 columns')
  t.match(lines[1], 'Telefon → phone')
  t.match(lines[2], 'Kolor')
})

t.test('the commands survive a shell, whatever the file and contact are called', async t => {
  const sheetPath = "/tmp/it's; $(rm) Klienci.xlsx"
  const url = 'http://127.0.0.1:3000'
  const lines = nextLines(english, {
    ...{ url, sheetPath, done, tenant: 'demo', token: 'abc.def' },
    contacts: [contact],
  })
  const script = lines.filter(line => /^ {2}(TOKEN|curl)/.test(line)).join('\n')
  const output = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${script}`], {
    encoding: 'utf8',
  })
  t.match(output, `file=@"${sheetPath}"\n`)
  t.match(output, 'Authorization: Bearer abc.def\n')
  t.match(output, 'q=O%27Ha\n')
  t.equal(output.match(/^-s$/gm)?.length, 4)
})

t.test('sizes and numbers follow the language', async t => {
  t.equal(sizeText(english, 1_661_453), '1.6 MiB')
  t.equal(sizeText(polish, 1_661_453), '1,6 MiB')
  t.equal(sizeText(english, 500), '500 B')
})
