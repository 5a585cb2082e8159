/**
 * What Polish and English sheets call the contact fields, and the words that make a similar header mean
 * something else. Folded words only (`foldText`); how they are compared is `match-headers.ts`'s part.
 */

/** Names of built-in fields beside their labels and keys. Those of phones and e-mails stand with their kinds. */
export const headerSynonyms: Readonly<Record<string, readonly string[]>> = {
  firstName:
    wordList(`imie|imiona|pierwsze imie|imie klienta|imie kontaktu|first|firstname|given name
    |forename|fname`),
  lastName: wordList(
    `nazwisko|nazwisko klienta|nazwisko kontaktu|surname|family name|lastname|lname`,
  ),
  companyName: wordList(`firma|nazwa firmy|nazwa przedsiebiorstwa|przedsiebiorstwo|kontrahent
    |nazwa kontrahenta|organizacja|pracodawca|zaklad pracy|company|company name|organization
    |organisation|organization name|organisation name|employer|business name|account name`),
  position: wordList(
    `stanowisko|stanowisko pracy|funkcja|rola|zawod|job title|position title|role|job`,
  ),
  street: wordList(`ulica|ul|adres|ulica i numer|ulica i nr|ulica nr|ulica numer|ulica nr domu
    |ulica i nr domu|ulica i numer domu|adres zamieszkania|adres korespondencyjny|adres do korespondencji
    |street address|street name|address|address 1|address line 1|adres 1`),
  postalCode: wordList(`kod|kod poczt|kod p|postcode|post code|zip|zip code|zipcode|postal`),
  city: wordList(`miasto|miejscowosc|miejscowosc zamieszkania|town|town city|city town|locality`),
  country: wordList(`kraj|panstwo|country name|country region|kraj zamieszkania`),
  taxId: wordList(`nip|nr nip|numer nip|nip firmy|numer identyfikacji podatkowej|vat|vat id|vat no
    |vat number|vat eu|nip ue|vatin|tax number|tax no|tax identification number|tin`),
  nationalId: wordList(`pesel|nr pesel|numer pesel|personal id|personal identification number
    |national identification number|national id number`),
  birthDate:
    wordList(`data urodzenia|data ur|data urodz|dzien urodzenia|urodziny|urodzony|dob|birth date
    |birthday|birthdate|born|date birth`),
  gender: wordList(`plec|sex`),
  externalId:
    wordList(`id|id zewnetrzne|identyfikator|id klienta|nr klienta|numer klienta|kod klienta
    |id kontaktu|id kontrahenta|id crm|crm id|customer id|customer number|customer no|client id
    |client number|contact id|record id|external identifier|reference`),
  notes: wordList(`uwagi|uwaga|notatka|notatki|komentarz|komentarze|opis|dodatkowe informacje
    |informacje dodatkowe|note|comment|comments|remark|remarks|description|additional information`),
}

/** Words that number a member of a family, before or after its name; the first list is the first member's. */
export const memberWords: readonly (readonly string[])[] = [
  wordList('1|pierwszy|first'),
  wordList('2|ii|drugi|dodatkowy|alternatywny|second|secondary|additional|alternative|other'),
  wordList('3|iii|trzeci|third'),
]

/**
 * A header with one of these words is about something else than the field it also names: the father's first
 * name, the date a phone was added, a consent to e-mails, two fields in one column.
 */
export const otherMeaningWords: ReadonlySet<string> = new Set(
  wordList(`i|and|oraz|lub|or|ojca|matki|rodzica|rodzicow|dziecka|meza|zony|malzonka|opiekuna|panienskie
    |rodowe|drugie|father|fathers|mother|mothers|parent|child|spouse|maiden|middle|data|date|time|godzina
    |zgoda|zgody|consent|opt|status|typ|type|rodzaj|liczba|ilosc|count|czy|is|has|kwota|cena|price
    |produktu|product|kreskowy|kod|code|fax|faks|ip|www|url|strona|haslo|password|pelne|full|bank
    |konta|konto|rejestracji|wydania`),
)

/** Words as they stand between bars. */
export function wordList(words: string): string[] {
  return words.split('|').map(word => word.trim())
}
