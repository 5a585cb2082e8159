/**
 * The workbooks that must be refused, by the code that says why. `write-fixtures.ts` makes `bad/`
 * from the small ones; those that are large are made where they are tested.
 */
import type { XlsxErrorCode } from '../../src/xlsx/index.ts'
import {
  MAIN,
  relationships,
  type WorkbookSource,
  workbookParts,
  worksheet,
} from '../support/workbook-parts.ts'
import { writeZip, type ZipOptions, type ZipPart } from '../support/zip-writer.ts'

export interface BadWorkbook {
  code: XlsxErrorCode
  name: string
  bytes: Buffer
}

function bad(
  code: XlsxErrorCode,
  what: string,
  source: WorkbookSource & { zip?: ZipOptions; change?: (part: ZipPart) => ZipPart },
): BadWorkbook {
  const parts = workbookParts(source).map(source.change ?? (part => part))
  return { code, name: `${code}.${what}`, bytes: writeZip(parts, source.zip) }
}

function badBytes(code: XlsxErrorCode, what: string, bytes: Buffer): BadWorkbook {
  return { code, name: `${code}.${what}`, bytes }
}

const rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
const honest = writeZip(workbookParts({ rows }))
const SHEET = 'xl/worksheets/sheet1.xml'

/** Changes one part of the archive. */
function only(name: string, change: Partial<ZipPart>): (part: ZipPart) => ZipPart {
  return part => (part.name === name ? { ...part, ...change } : part)
}

function compoundFile(stream: string): Buffer {
  const head = Buffer.alloc(1024)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head)
  head.write(stream, 600, 'utf16le')
  return head
}

/** A cell of column A in row 1. */
function cell(attributes: string, content: string): WorkbookSource {
  return { rows: `<row r="1"><c r="A1" ${attributes}>${content}</c></row>` }
}

function sheetEnding(xml: string): WorkbookSource {
  return { sheet: `<worksheet xmlns="${MAIN}"><sheetData>${rows}${xml}` }
}

const archives: BadWorkbook[] = [
  badBytes('not-xlsx', 'empty', Buffer.alloc(0)),
  badBytes('not-xlsx', 'text', Buffer.from('name;phone\nAnna;1\n')),
  badBytes('not-xlsx', 'old-excel', compoundFile('Workbook')),
  badBytes('not-xlsx', 'other-zip', writeZip([{ name: 'readme.txt', data: 'hello' }])),
  bad('not-xlsx', 'document', { parts: { 'xl/workbook.xml': '<w:document xmlns:w="urn:w"/>' } }),
  bad('not-xlsx', 'binary-workbook', {
    parts: { '_rels/.rels': relationships(['a', 'officeDocument', 'xl/workbook.bin']) },
  }),
  badBytes('encrypted', 'compound-file', compoundFile('EncryptedPackage')),
  bad('encrypted', 'entry', { rows, change: only(SHEET, { flags: 1 }) }),
  badBytes('truncated', 'no-directory', honest.subarray(0, Math.floor(honest.length * 0.6))),
  bad('truncated', 'data-past-the-end', {
    rows,
    change: only(SHEET, { lies: { compressedBytes: 1_000_000 } }),
  }),
  bad('corrupt', 'directory-too-short', { rows, zip: { entryCount: 9 } }),
  bad('corrupt', 'offset-of-nothing', { rows, change: only(SHEET, { lies: { headerOffset: 1 } }) }),
  bad('corrupt', 'deflate-garbage', {
    rows,
    change: only(SHEET, { compressed: Buffer.from('\xff\xff\xff') }),
  }),
  bad('corrupt', 'deflate-cut', {
    rows,
    change: only(SHEET, { compressed: Buffer.from([0x4b, 0x4c]) }),
  }),
  bad('bad-crc', 'sheet', { rows, change: only(SHEET, { lies: { crc32: 1 } }) }),
  bad('bad-crc', 'workbook', { rows, change: only('xl/workbook.xml', { lies: { crc32: 1 } }) }),
  bad('size-mismatch', 'more', { rows, change: only(SHEET, { lies: { inflatedBytes: 20 } }) }),
  bad('size-mismatch', 'less', { rows, change: only(SHEET, { lies: { inflatedBytes: 20_000 } }) }),
  bad('unsupported-compression', 'bzip2', { rows, change: only(SHEET, { method: 12 }) }),
  badBytes(
    'duplicate-name',
    'sheet',
    writeZip([
      ...workbookParts({ rows }),
      { name: 'XL/worksheets/sheet1.xml', data: worksheet('') },
    ]),
  ),
]

const packages: BadWorkbook[] = [
  bad('part-missing', 'sheet', { parts: { [SHEET]: null } }),
  bad('part-missing', 'workbook', { parts: { 'xl/workbook.xml': null } }),
  bad('corrupt', 'relationship-missing', {
    sheets: '<sheet name="Sheet1" sheetId="1" r:id="nope"/>',
  }),
  bad('corrupt', 'relationships-part-missing', {
    rows,
    parts: { 'xl/_rels/workbook.xml.rels': null },
  }),
  bad('corrupt', 'sheet-outside-the-package', {
    parts: {
      'xl/_rels/workbook.xml.rels': relationships([
        'rId1',
        'worksheet',
        'http://127.0.0.1/sheet1.xml',
      ]),
    },
  }),
  bad('no-worksheet', 'all-hidden', {
    rows,
    sheets: '<sheet name="A" state="hidden" r:id="rId1"/>',
  }),
  bad('no-worksheet', 'chart-only', { rows, sheets: '<sheet name="A" r:id="rId3"/>' }),
  bad('no-worksheet', 'none', { rows, sheets: '' }),
]

const documents: BadWorkbook[] = [
  bad('xml-doctype', 'sheet', { sheet: `<!DOCTYPE x [<!ENTITY a "b">]>${worksheet(rows)}` }),
  bad('xml-doctype', 'strings', {
    rows,
    parts: { 'xl/sharedStrings.xml': '<!DOCTYPE sst><sst/>' },
  }),
  bad('xml-malformed', 'empty-part', { sheet: '' }),
  bad('xml-malformed', 'unclosed', sheetEnding('')),
  bad('xml-malformed', 'unclosed-root', sheetEnding('</sheetData>')),
  bad('xml-malformed', 'mismatched', sheetEnding('</sheetdata></worksheet>')),
  bad('xml-malformed', 'mismatched-cell', { rows: '<row r="1"><c r="A1"><v>1</c></v></row>' }),
  bad('xml-malformed', 'after-root', { sheet: `${worksheet(rows)}<more/>` }),
  bad('xml-malformed', 'text-after-root', { sheet: `${worksheet(rows)}more` }),
  bad('xml-malformed', 'cut-in-a-tag', sheetEnding('<row r="2')),
  bad('xml-malformed', 'cut-in-a-comment', sheetEnding('<!-- ')),
  bad('xml-malformed', 'attribute-twice', {
    rows: '<row r="1"><c r="A1" s="1" s="2"><v>1</v></c></row>',
  }),
  bad('xml-malformed', 'attribute-unquoted', { rows: '<row r=1><c r="A1"><v>1</v></c></row>' }),
  bad('xml-malformed', 'less-than-in-attribute', {
    rows: '<row r="1"><c r="A1" s="<"><v>1</v></c></row>',
  }),
  bad('xml-malformed', 'undefined-entity', cell('t="str"', '<v>&nbsp;</v>')),
  bad('xml-malformed', 'bare-ampersand', cell('t="str"', '<v>a & b</v>')),
  bad('xml-malformed', 'forbidden-reference', cell('t="str"', '<v>&#0;</v>')),
  bad('xml-malformed', 'control-character', cell('t="str"', '<v>a\x01b</v>')),
  bad('xml-malformed', 'wrong-strings', { rows, strings: '<si><t>a</si></t>' }),
  bad('xml-encoding', 'invalid-utf-8', {
    rows,
    change: only(SHEET, {
      data: Buffer.concat([Buffer.from(worksheet(rows)), Buffer.from([0x20, 0xff, 0x20])]),
    }),
  }),
  bad('xml-encoding', 'cut-character', {
    rows,
    change: only(SHEET, {
      data: Buffer.concat([Buffer.from(worksheet(rows)), Buffer.from([0xc5])]),
    }),
  }),
  bad('xml-encoding', 'unknown', {
    sheet: `<?xml version="1.0" encoding="x-none"?>${worksheet(rows)}`,
  }),
  bad('corrupt', 'not-a-worksheet', { sheet: `<chartsheet xmlns="${MAIN}"/>` }),
  bad('corrupt', 'worksheet-of-another-namespace', { sheet: '<worksheet xmlns="urn:x"/>' }),
]

const cells: BadWorkbook[] = [
  bad('shared-string-out-of-range', 'too-large', {
    ...cell('t="s"', '<v>1</v>'),
    strings: '<si><t>a</t></si>',
  }),
  bad('shared-string-out-of-range', 'negative', {
    ...cell('t="s"', '<v>-1</v>'),
    strings: '<si><t>a</t></si>',
  }),
  bad('shared-string-out-of-range', 'text', {
    ...cell('t="s"', '<v>a</v>'),
    strings: '<si><t>a</t></si>',
  }),
  bad('shared-string-out-of-range', 'no-strings', cell('t="s"', '<v>0</v>')),
  bad('corrupt', 'reference', { rows: '<row r="1"><c r="1A"><v>1</v></c></row>' }),
  bad('corrupt', 'reference-of-another-row', { rows: '<row r="1"><c r="A2"><v>1</v></c></row>' }),
  bad('corrupt', 'cell-twice', {
    rows: '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
  }),
  bad('corrupt', 'row-twice', { rows: `${rows}<row r="1"><c r="B1"><v>2</v></c></row>` }),
  bad('corrupt', 'row-descending', { rows: `<row r="2"/>${rows}` }),
  bad('corrupt', 'row-zero', { rows: '<row r="0"/>' }),
  bad('too-many-rows', 'row', { rows: '<row r="1048577"><c><v>1</v></c></row>' }),
  bad('too-many-rows', 'row-1e18', { rows: '<row r="1000000000000000000"/>' }),
  bad('too-many-rows', 'counted', { rows: '<row r="1048576"/><row/>' }),
  bad('too-many-columns', 'reference', { rows: '<row r="1"><c r="XFE1"><v>1</v></c></row>' }),
  bad('too-many-columns', 'counted', { rows: '<row r="1"><c r="XFD1"/><c><v>1</v></c></row>' }),
]

export const badWorkbooks: readonly BadWorkbook[] = [
  ...archives,
  ...packages,
  ...documents,
  ...cells,
]
