/**
 * Rows that programs write below a list: totals, counts of records, filters, notes of a print or an export. Judges
 * the texts of one row and no values: whether a row ends its sheet, and is left out, others decide.
 */
import { cellText, type SheetCell, type SheetRow } from './cell.ts'
import { foldText } from './fold-text.ts'
import type { ColumnSlot } from './plan-columns.ts'

/** Longer texts are cut: their beginning tells. */
const labelLengthMax = 200

const totals = [
  'suma|suma (?:calkowita|koncowa|czesciowa)|razem|lacznie|ogolem|podsumowanie',
  '(?:grand |sub ?)?totals?|sum|summary',
  '(?:gesamt|end|zwischen)?summe|gesamt|insgesamt',
  'total (?:general|geral|generale)|somme|totale|somma|soma|totaal|suma total',
  'celkem|celkom|soucet|sucet|spolu|osszesen|sammanlagt|summa|totalt|i alt|is viso',
  'итого|всего|сумма|разом|усього|сума',
]

const records = [
  'rekordow|wierszy|kontaktow|osob|klientow|pozycji|wpisow|leadow',
  'records|rows|contacts|people|clients|customers|entries|items|leads',
  'datensatze|zeilen|kontakte|personen|kunden|eintrage',
  'lignes|enregistrements|registros|filas|linhas|contactos|contatos|record|righe|contatti',
  'zaznamu|zaznamov|radku|riadkov|kontaktu|rijen|записей|строк|контактов|записів',
]

const counts = [
  '(?:liczba|ilosc|razem|lacznie|ogolem|suma)',
  '(?:number of|total(?: number of)?|count of)',
  '(?:anzahl(?: der)?|gesamtzahl(?: der)?)',
  '(?:nombre (?:de|d)|total (?:de|des)|numero (?:de|di)|pocet|aantal|количество|всего|кількість)',
]

const notes = [
  'applied filters?|filters applied|filtered by|filters?(?= )|zastosowane filtry|filtry?',
  'angewandte filter|angewendete filter|filtres? appliques?|filtros? aplicados?|filtri applicati',
  '(?:wy)?generowano|wygenerowan[aey]|wydrukowan[aeoy]|(?:wy)?eksportowano|sporzadzono|utworzono',
  'data (?:wydruku|eksportu|generowania|sporzadzenia|utworzenia|raportu)|stan na',
  '(?:report |list |file )?(?:generated|exported|printed|created) (?:on|by|at|from|with|\\d)',
  '(?:date|time) (?:of (?:export|print)|generated|exported|printed)|end of (?:report|list|file|data)',
  '(?:erstellt|exportiert|gedruckt|generiert) (?:am|von|mit|\\d)|stand (?:vom )?\\d|ende (?:der|des) ',
  '(?:genere|exporte|imprime|edite) (?:le|par)|(?:generado|exportado|impreso|gerado) (?:el|por|em)',
  '(?:generato|esportato|stampato) (?:il|da)|vygenerovan[aoey]|vytisteno|vytlacene|gegenereerd',
  'сформирован|сгенерирован|выгружено|згенеровано|сформовано|koniec (?:raportu|listy|pliku|danych)',
]

/** `Strona 1 z 3` in the languages of Europe; `1 / 3` alone is no page. */
const page =
  /^(?:str|strona|strana|stranka|page|seite|pagina|oldal|sida|side|страница|стор|сторінка) ?\d+(?: (?:z|ze|of|von|sur|de|di|du|van|av|af|из|з)? ?\d+)?$/

const total = new RegExp(`^(?:${totals.join('|')})(?: [\\d ]+)?$`)
const count = new RegExp(`^(?:${counts.join('|')}) (?:\\p{L}+ )?(?:${records.join('|')})\\b`, 'u')
const countInFront = new RegExp(`^(?:${records.join('|')}) \\d[\\d ]*$`)
const note = new RegExp(`^(?:${notes.join('|')})(?![\\p{L}])`, 'u')

/**
 * Whether a row of a contact that nobody can reach is written like a footer: its first text is a note, or it is a
 * word for a total and the other cells hold figures. A name beside the word makes it a person.
 */
export function looksLikeFooter(
  slots: readonly (ColumnSlot | undefined)[],
  { cells }: SheetRow,
): boolean {
  const mapped = cells.filter(({ column }) => slots[column] !== undefined)
  const label = mapped.find(({ type }) => type === 'string')
  if (label === undefined) return false
  const text = foldText(cellText(label).slice(0, labelLengthMax))
  if (page.test(text) || count.test(text) || countInFront.test(text) || note.test(text)) return true
  return total.test(text) && mapped.every(cell => cell === label || isFigure(cell))
}

/** A number, a date or an error; as text, one that begins with a digit, or another word for a total. */
function isFigure(cell: SheetCell): boolean {
  if (cell.type !== 'string') return true
  const text = foldText(cell.value.slice(0, labelLengthMax))
  return text === '' || /^\d/.test(text) || total.test(text)
}
