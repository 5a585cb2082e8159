/**
 * Words that sheets hold where there is no value, folded (`foldText`), by language. Data alone: which kind of
 * field takes them for empty is decided in `empty-words.ts`.
 */

const words: Readonly<Record<string, string>> = {
  programs:
    'null|nil|none|nan|nat|undefined|void|empty|blank|missing|na|n a|ø|o/|n a n a|not set|unset|false',
  pl:
    'brak|braki|b d|bd|brak danych|n d|nd|nie dotyczy|niedotyczy|nie podano|niepodano|nie podal|nie podala' +
    '|nie podaje|nie posiada|nieposiada|nie ma|niema|nie mam|nie wiem|nie wiadomo|nie znam|nie zna|nieznany' +
    '|nieznana|nieznane|nieznani|nie ustalono|nie chce podac|nie chce podawac|odmowa|odmowil|odmowila|puste' +
    '|pusty|pusta|do uzupelnienia|uzupelnic|do ustalenia|do wyjasnienia|zastrzezony|zastrzezone|zastrz' +
    '|nie udostepnia|nie udostepniono|nie udostepnil|nie udostepnila|utajniony|utajnione|nie wyraza zgody|nieaktualny|nieaktualne|nieaktualna|j w|jw|zaden|nic|nie',
  en:
    'no|not available|not applicable|not provided|not given|not known|unknown|undisclosed|no data|no value' +
    '|no info|no information|not specified|unspecified|to be confirmed|tbc|tbd|tba|to be added|does not have' +
    '|withheld|private|no answer|ex directory|no longer|same as above|see above|ditto|nope|n k|nk',
  de:
    'k a|ka|keine angabe|keine angaben|keine|keiner|kein|nicht bekannt|unbekannt|nicht vorhanden' +
    '|nicht angegeben|entfallt|ohne|leer|fehlt|nein|nicht zutreffend|hat keine|hat keines|hat kein|siehe oben',
  cs:
    'neni|nema|neuvedeno|neuveden|neuvedena|neznamy|neznama|nezname|zadny|zadna|zadne|chybi|nezjisteno' +
    '|bez udaje|ne',
  sk: 'nie je|neuvedene|neuvedeny|ziadny|ziadna|ziadne|chyba|nezistene',
  uk: 'немає|нема|не має|відсутніи|відсутня|відсутнє|не вказано|не вказании|невідомо|невідомии|ні',
  ru: 'нет|отсутствует|не указан|не указано|не указана|неизвестно|неизвестен|н д|нет данных|пусто',
  fr: 'neant|aucun|aucune|sans|non renseigne|non communique|nc|n c|n r|nr|inconnu|inconnue|absent|vide|non',
  es:
    'ninguno|ninguna|no tiene|no disponible|no consta|no aplica|no facilita|no informado|desconocido' +
    '|desconocida|sin datos|sin|s d|s n|vacio',
  it:
    'nessuno|nessuna|non disponibile|non presente|non fornito|non comunicato|sconosciuto|sconosciuta|assente' +
    '|senza|n p|vuoto',
  pt: 'nenhum|nenhuma|nao tem|nao informado|nao disponivel|desconhecido|sem|sem dados|n i|ausente|em falta|nao possui|nao indicado',
  ro: 'nu are|nu exista|nu este|nu se aplica|necunoscut|necunoscuta|lipsa|fara|nespecificat|nu',
  hu: 'nincs|nincs adat|nincs megadva|ismeretlen|ures|hianyzik|nem ismert',
  nl: 'geen|onbekend|nvt|n v t|niet bekend|niet van toepassing|niet opgegeven|leeg|ontbreekt',
  nordic:
    'ingen|inget|saknas|okand|okant|ej|ej angivet|uppgift saknas|ukendt|mangler|ikke oplyst|ukjent' +
    '|ikke oppgitt|ei ole|ei tiedossa|tuntematon|puuttuu',
  baltic: 'nera|nenurodyta|nezinomas|nav|nav noradits|nezinams|puudub|pole|teadmata',
  balkan:
    'nema podataka|nepoznato|nepoznat|nepoznata|ni podatka|няма|неизвестен|yok|bilinmiyor|belirtilmemis',
}

/** Words for "no" or "without", before the thing that is missing. */
const negations =
  'brak|brakuje|bez|nie ma|niema|nie mam|nie posiada|nie podal|nie podala|nie podano|nie znam|no|without|kein|keine|keinen' +
  '|ohne|nema|neni|sans|pas de|aucun|aucune|sin|no tiene|ningun|senza|nessun|nessuna|nao tem|zadny|zadne|sem|fara|nu are|nincs|geen|ingen|nav|nera|без|немає|нет'

/** The things that are missing, as they stand behind such a word. */
const things =
  'telefonu|telefon|tel|numeru|numer|nr|nr tel|numeru tel|numer tel|nr kom|numeru kom|numeru komorkowego' +
  '|telefonu komorkowego|telefonu kontaktowego|numeru kontaktowego|drugiego numeru|tel kom|nr telefonu|numeru telefonu|kom|komorki|kontaktu|kontakt|maila' +
  '|mail|mejla|e maila|e mail|email|emaila|adresu|adresu e mail|adresu email|adresu mailowego|poczty|danych' +
  '|info|informacji|wpisu|daty|data|daty urodzenia|pesel|peselu|nr pesel|nip|nipu|nr nip|kodu' +
  '|kodu pocztowego|plci|phone|phone number|number|cell|mobile|landline|address|email address|date|birthday' +
  '|dob|zip|postcode|vat|tax id|nummer|telefonnummer|handy|handynummer|rufnummer|adresse|mailadresse' +
  '|e mail adresse|geburtsdatum|datum|plz|cisla|cislo|номера|номеру|телефону|телефона|пошти|почты|telephone' +
  '|numero|portable|courriel|correo|telefono|movil|fecha|cellulare|telefone|telefonszam|telefoonnummer'

/** Words that stand for no value in phones, addresses, dates and numbers of people: there no word is a value. */
export const emptyWordList: ReadonlySet<string> = new Set([
  ...Object.values(words).flatMap(list),
  ...list(negations).flatMap(no => list(things).map(thing => `${no} ${thing}`)),
])

/** Spellings that stand for no value in any text: none of them is a name. */
export const emptySpellings: ReadonlySet<string> = new Set(
  list(
    'NULL|null|(null)|(NULL)|<null>|<NULL>|[null]|[NULL]|n/d|N/D|n.d.|N.D.|n/a|N/A|n.a.|N.A.|<NA>|brak|BRAK' +
      '|(brak)|[brak]|<brak>|brak danych|Brak danych|BRAK DANYCH|nie dotyczy|Nie dotyczy|NIE DOTYCZY' +
      '|nie podano|Nie podano|NIE PODANO|undefined|UNDEFINED|NaN|nan|k.A.|k. A.|keine Angabe|Keine Angabe' +
      '|not available|Not available|not applicable|Not applicable|н/д|Н/Д',
  ),
)

/** Spellings that may stand for no value in a text, and may be a name. */
export const doubtfulSpellings: ReadonlySet<string> = new Set(
  list(
    'Brak|Null|Nan|None|none|NONE|Undefined|Unknown|unknown|Nieznane|nieznane|xxx|XXX|xx|XX|x|X|0|00|000|nd|nd.|ND|b/d|B/D|bd|BD|b.d.|-brak-' +
      '|test|Test|TEST',
  ),
)

function list(text: string): string[] {
  return text.split('|')
}
