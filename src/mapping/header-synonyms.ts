/**
 * What Polish and English sheets call the contact fields, and the words that make a similar header mean
 * something else. Folded words only (`foldText`); how they are compared is `match-headers.ts`'s part.
 */
import type { ContactFieldKey } from '../contracts/contact-fields.ts'

/** Names of each field beside its labels and key. Numbered phones and e-mails are made from the first. */
export const headerSynonyms: Readonly<Partial<Record<ContactFieldKey, readonly string[]>>> = {
  firstName: list(`imie|imiona|pierwsze imie|imie klienta|imie kontaktu|first|firstname|given name
    |forename|fname`),
  lastName: list(`nazwisko|nazwisko klienta|nazwisko kontaktu|surname|family name|lastname|lname`),
  companyName: list(`firma|nazwa firmy|nazwa przedsiebiorstwa|przedsiebiorstwo|kontrahent
    |nazwa kontrahenta|organizacja|pracodawca|zaklad pracy|company|company name|organization
    |organisation|organization name|organisation name|employer|business name|account name`),
  position: list(
    `stanowisko|stanowisko pracy|funkcja|rola|zawod|job title|position title|role|job`,
  ),
  phone: list(`telefon|tel|numer telefonu|nr telefonu|numer tel|nr tel|telefon kontaktowy
    |tel kontaktowy|numer kontaktowy|telefon komorkowy|tel komorkowy|tel kom|komorka|kom|komorkowy
    |nr komorki|numer komorki|numer komorkowy|telefon glowny|telefon stacjonarny|tel stacjonarny
    |tel stac|telefon domowy|telefon sluzbowy|telefon prywatny|phone|phone number|phone no
    |telephone|telephone number|telephone no|tel no|tel number|mobile|mobile phone|mobile number
    |mobile no|cell|cell phone|cellphone|contact number|contact phone|home phone|work phone
    |business phone|office phone|primary phone|main phone|landline|msisdn`),
  email:
    list(`email|e mail|mail|adres email|adres e mail|adres mail|adres mailowy|poczta elektroniczna
    |adres poczty elektronicznej|email address|e mail address|mail address|contact email
    |email kontaktowy|email sluzbowy|email prywatny|work email|primary email|main email`),
  street: list(`ulica|ul|adres|ulica i numer|ulica i nr|ulica nr|ulica numer|ulica nr domu
    |ulica i nr domu|ulica i numer domu|adres zamieszkania|adres korespondencyjny|adres do korespondencji
    |street address|street name|address|address 1|address line 1|adres 1`),
  postalCode: list(`kod|kod poczt|kod p|postcode|post code|zip|zip code|zipcode|postal`),
  city: list(`miasto|miejscowosc|miejscowosc zamieszkania|town|town city|city town|locality`),
  country: list(`kraj|panstwo|country name|country region|kraj zamieszkania`),
  taxId: list(`nip|nr nip|numer nip|nip firmy|numer identyfikacji podatkowej|vat|vat id|vat no
    |vat number|vat eu|nip ue|vatin|tax number|tax no|tax identification number|tin`),
  nationalId: list(`pesel|nr pesel|numer pesel|personal id|personal identification number
    |national identification number|national id number`),
  birthDate:
    list(`data urodzenia|data ur|data urodz|dzien urodzenia|urodziny|urodzony|dob|birth date
    |birthday|birthdate|born|date birth`),
  gender: list(`plec|sex`),
  externalId: list(`id|id zewnetrzne|identyfikator|id klienta|nr klienta|numer klienta|kod klienta
    |id kontaktu|id kontrahenta|id crm|crm id|customer id|customer number|customer no|client id
    |client number|contact id|record id|external identifier|reference`),
  notes: list(`uwagi|uwaga|notatka|notatki|komentarz|komentarze|opis|dodatkowe informacje
    |informacje dodatkowe|note|comment|comments|remark|remarks|description|additional information`),
}

/** Fields of which a contact has several: what no longer fits the first may go to the next. */
export const fieldFamilies: readonly (readonly ContactFieldKey[])[] = [
  ['phone', 'phone2', 'phone3'],
  ['email', 'email2'],
]

/** Words that number a member of a family, before or after its name; the first list is the first member's. */
export const memberWords: readonly (readonly string[])[] = [
  list('1|pierwszy|first'),
  list('2|ii|drugi|dodatkowy|alternatywny|second|secondary|additional|alternative|other'),
  list('3|iii|trzeci|third'),
]

/**
 * A header with one of these words is about something else than the field it also names: the father's first
 * name, the date a phone was added, a consent to e-mails, two fields in one column.
 */
export const otherMeaningWords: ReadonlySet<string> = new Set(
  list(`i|and|oraz|lub|or|ojca|matki|rodzica|rodzicow|dziecka|meza|zony|malzonka|opiekuna|panienskie
    |rodowe|drugie|father|fathers|mother|mothers|parent|child|spouse|maiden|middle|data|date|time|godzina
    |zgoda|zgody|consent|opt|status|typ|type|rodzaj|liczba|ilosc|count|czy|is|has|kwota|cena|price
    |produktu|product|kreskowy|kod|code|fax|faks|ip|www|url|strona|haslo|password|pelne|full|bank
    |konta|konto|rejestracji|wydania`),
)

function list(words: string): string[] {
  return words.split('|').map(word => word.trim())
}
