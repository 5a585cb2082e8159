import t from 'tap'
import { cleanFileName } from '../../src/http/file-name.ts'

t.test('names become fit to be shown', async t => {
  const cases: [string | undefined, string][] = [
    ['Klienci łódzcy.xlsx', 'Klienci łódzcy.xlsx'],
    ['C:\\Users\\anna\\Klienci.xlsx', 'Klienci.xlsx'],
    ['../../etc/passwd', 'passwd'],
    ['a\r\nb\u0000c.xlsx', 'abc.xlsx'],
    ['a\u202exslx.exe', 'axslx.exe'],
    ['Lo\u0301dz\u0301.xlsx', 'Lódź.xlsx'],
    ['a\ud800.xlsx', 'a\ufffd.xlsx'],
    [undefined, 'upload.xlsx'],
    ['..', 'upload.xlsx'],
    ['dir/', 'upload.xlsx'],
    ['   ', 'upload.xlsx'],
    ['  .xlsx', 'upload.xlsx'],
    ['\u200b\u2060.xlsx', 'upload.xlsx'],
    ['\u061ca.xlsx', 'a.xlsx'],
  ]
  for (const [given, clean] of cases) t.equal(cleanFileName(given), clean)
})

t.test('a long name keeps its extension', async t => {
  const name = cleanFileName(`${'ż'.repeat(400)}.xlsx`)
  t.equal([...name].length, 255)
  t.ok(name.endsWith('ż.xlsx'))
})
