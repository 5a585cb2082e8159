/**
 * Random sheets, written in every spelling that the format allows, are read back as they were meant:
 * all kinds of cells, gaps, attribute orders, prefixes, references, CDATA, comments, inline, shared
 * and rich strings, `xml:space`, missing `r`, parts out of order, chunks of any size.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { type Cell, openWorkbook } from '../../src/xlsx/index.ts'
import { MAIN, workbookParts } from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

type Meaning = readonly [type: Cell['type'], value: string | number | boolean]

interface RandomCell {
  gap: number
  meaning: Meaning
  /** A source of choices between spellings; every bit may be used. */
  choice: number
}

interface RandomSheet {
  prefix: string
  rows: { gap: number; cells: RandomCell[]; choice: number }[]
  partOrder: number
  stored: boolean
  chunkBytes: number
}

/** Choices drawn one after the other from one number. */
class Choices {
  #state: number
  constructor(seed: number) {
    this.#state = seed | 1
  }
  below(count: number): number {
    this.#state = (Math.imul(this.#state, 1_103_515_245) + 12_345) >>> 0
    return (this.#state >>> 8) % count
  }
  of<T>(...options: T[]): T {
    return options[this.below(options.length)]!
  }
}

/** One character of text in one of its spellings. */
function spellCharacter(character: string, choices: Choices): string {
  const code = character.codePointAt(0)!
  const decimal = `&#${code};`
  const hex = `&#x${code.toString(16)};`
  if (character === '<') return choices.of('&lt;', decimal, hex)
  if (character === '&') return choices.of('&amp;', decimal, hex)
  if (character === '>') return choices.of('&gt;', hex)
  if (character === '\r') return '&#13;'
  return choices.below(12) === 0 ? choices.of(decimal, hex) : character
}

/** What XML cannot hold, and what would be read as an escape, is written as `_xHHHH_`. */
function escapeText(text: string): string {
  const literal = text.replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
  return Array.from(literal, character => {
    const code = character.codePointAt(0)!
    const isControl = code < 0x20 && !'\t\n\r'.includes(character)
    const isSurrogate = code >= 0xd800 && code <= 0xdfff
    if (!isControl && !isSurrogate && code !== 0xfffe && code !== 0xffff) return character
    return `_x${code.toString(16).padStart(4, '0')}_`
  }).join('')
}

function spellText(text: string, choices: Choices): string {
  const escaped = escapeText(text)
  if (choices.below(6) === 0 && !/[\r]/.test(escaped)) {
    return `<![CDATA[${escaped.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  }
  const spelled = Array.from(escaped, character => spellCharacter(character, choices))
  if (choices.below(8) === 0)
    spelled.splice(choices.below(spelled.length + 1), 0, '<!-- <v>1</v> & -->')
  if (choices.below(12) === 0) spelled.splice(choices.below(spelled.length + 1), 0, '<?skip </v>?>')
  return spelled.join('')
}

class SheetWriter {
  readonly strings: string[] = []
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  element(name: string, attributes: string, content: string): string {
    return `<${this.#prefix}${name}${attributes}>${content}</${this.#prefix}${name}>`
  }

  /** The content of `si` or `is`, plain or in runs. */
  richText(text: string, choices: Choices): string {
    const t = (part: string): string =>
      this.element('t', choices.of('', ' xml:space="preserve"'), spellText(part, choices))
    if (choices.below(3) > 0) return t(text)
    const units = Array.from(text)
    const middle = choices.below(units.length + 1)
    const runs = [units.slice(0, middle).join(''), units.slice(middle).join('')]
    // A run may not end where an escape would begin in the joined text only.
    const safe = runs[0]!.includes('_') || runs[1]!.includes('_') ? [text] : runs
    const written = safe.map(run => this.element('r', '', this.element('rPr', '', '') + t(run)))
    const phonetic = this.element('rPh', ' sb="0" eb="1"', this.element('t', '', 'phonetic'))
    return written.join('') + choices.of('', phonetic)
  }

  stringCell(text: string, choices: Choices): [type: string, content: string] {
    const kind = choices.of('s', 's', 'inlineStr', 'str')
    if (kind === 'inlineStr') return [kind, this.element('is', '', this.richText(text, choices))]
    if (kind === 'str') return [kind, this.element('v', '', spellText(text, choices))]
    this.strings.push(this.element('si', '', this.richText(text, choices)))
    const index = this.strings.length - 1
    return [
      kind,
      this.element('v', '', choices.of(`${index}`, `${index}`, ` ${index}`, `0${index}`)),
    ]
  }

  cellContent([type, value]: Meaning, choices: Choices): [type: string, content: string] {
    if (type === 'string') return this.stringCell(value as string, choices)
    if (type === 'boolean') {
      const text = choices.of(value ? '1' : '0', value ? '1' : '0', String(value))
      return ['b', this.element('v', '', text)]
    }
    if (type === 'error') return ['e', this.element('v', '', value as string)]
    const text = String(value)
    const spelled = choices.of(text, text, text, (value as number).toExponential(), `${text} `)
    const formula = choices.of('', '', '', this.element('f', '', 'A1&amp;"x"'))
    return [choices.of('', 'n'), formula + this.element('v', '', spelled)]
  }
}

function letters(column: number): string {
  let name = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}

function spellAttributes(attributes: [name: string, value: string][], choices: Choices): string {
  const shuffled = choices.below(4) === 0 ? attributes.toReversed() : attributes
  return shuffled
    .map(([name, value]) =>
      choices.of(` ${name}="${value}"`, ` ${name}="${value}"`, `\n ${name} = '${value}'`),
    )
    .join('')
}

interface Written {
  sheet: string
  strings: string
  meant: [number: number, cells: [column: number, type: string, value: unknown][]][]
}

function write({ prefix, rows }: RandomSheet): Written {
  const writer = new SheetWriter(prefix)
  const meant: Written['meant'] = []
  const written: string[] = []
  let number = 0
  for (const row of rows) {
    const choices = new Choices(row.choice)
    number += 1 + row.gap
    let column = 0
    const cells: string[] = []
    const meanings: Written['meant'][number][1] = []
    for (const { gap, meaning, choice } of row.cells) {
      const own = new Choices(choice)
      column += 1 + gap
      const [type, content] = writer.cellContent(meaning, own)
      const attributes: [string, string][] = [['r', `${letters(column)}${number}`]]
      if (gap === 0 && own.below(3) === 0) attributes.pop()
      if (own.below(3) === 0) attributes.push(['s', String(own.below(3))])
      if (type !== '') attributes.push(['t', type])
      cells.push(
        writer.element('c', spellAttributes(attributes, own), content) +
          own.of('', '', '\n  ', '<!-- c -->'),
      )
      meanings.push([column, ...meaning])
    }
    const attributes: [string, string][] = [
      ['r', String(number)],
      ['spans', '1:9'],
    ]
    if (row.gap === 0 && choices.below(3) === 0) attributes.shift()
    const start = spellAttributes(attributes, choices)
    written.push(
      writer.element('row', start, choices.of('', '', ' ') + cells.join('')) +
        choices.of('', '', '\r\n'),
    )
    if (meanings.length > 0) meant.push([number, meanings])
  }
  const declaration = prefix === '' ? `xmlns="${MAIN}"` : `xmlns:${prefix.slice(0, -1)}="${MAIN}"`
  const root = (name: string, content: string): string =>
    writer.element(name, ` ${declaration}`, content)
  return {
    sheet: root('worksheet', writer.element('sheetData', '', written.join(''))),
    strings: root('sst', writer.strings.join('')),
    meant,
  }
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    '_x0041_',
    'a_b',
    '_x',
    '\ud800',
    '  ',
    '\n',
    '\t x',
    'Łódź',
    ']]>',
    '#N/A',
    '007',
    '\r\n',
  ),
  fc.string({ unit: fc.constantFrom('_', 'x', '0', '4', '1'), minLength: 1, maxLength: 30 }),
)
const meaning: fc.Arbitrary<Meaning> = fc.oneof(
  text.map((value): Meaning => ['string', value]),
  fc
    .oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.float({ noNaN: true, noDefaultInfinity: true }),
    )
    .map((value): Meaning => ['number', value === 0 ? 0 : value]),
  fc.boolean().map((value): Meaning => ['boolean', value]),
  fc.constantFrom('#N/A', '#DIV/0!', '#REF!').map((value): Meaning => ['error', value]),
)
const gap = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(40))
const choice = fc.nat()
const randomSheet: fc.Arbitrary<RandomSheet> = fc.record({
  prefix: fc.constantFrom('', '', 'x:', 'ns0:'),
  rows: fc.array(
    fc.record({
      gap,
      choice,
      cells: fc.array(fc.record({ gap, meaning, choice }), { maxLength: 12 }),
    }),
    { maxLength: 12 },
  ),
  partOrder: fc.nat(),
  stored: fc.boolean(),
  chunkBytes: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.constant(65_536)),
})

t.test('what is written in any spelling is read as it was meant', async t => {
  const path = join(t.testdir(), 'book.xlsx')
  const property = fc.asyncProperty(randomSheet, async sheet => {
    const { sheet: xml, strings, meant } = write(sheet)
    const order = new Choices(sheet.partOrder)
    const parts = workbookParts({ sheet: xml, parts: { 'xl/sharedStrings.xml': strings } })
      .map(part => ({ ...part, method: sheet.stored ? 0 : 8, rank: order.below(1000) }))
      .sort((a, b) => a.rank - b.rank)
    writeFileSync(path, writeZip(parts))
    const memory = order.of(0, 200, 1_000_000)
    await using workbook = await openWorkbook(path, {
      chunkBytes: sheet.chunkBytes,
      limits: { sharedStringsMemoryBytesMax: memory },
    })
    const read: Written['meant'] = []
    for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet, { batchRows: 3 })) {
      for (const { number, cells } of batch) {
        read.push([number, cells.map(cell => [cell.column, cell.type, cell.value])])
      }
    }
    t.strictSame(read, meant)
    return JSON.stringify(read) === JSON.stringify(meant)
  })
  await fc.assert(property, { numRuns: Number(process.env.RANDOM_SHEETS ?? 300) })
})
