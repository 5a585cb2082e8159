/** Czech column names. */
import type { HeaderWords } from './header-words.ts'

export const cs: HeaderWords = {
  language: 'cs',
  fields: {
    firstName: 'jméno|křestní jméno|jméno klienta|jméno zákazníka|křestní',
    lastName: 'příjmení|přijmení|příjmení klienta|příjmení zákazníka',
    fullName:
      'jméno a příjmení|příjmení a jméno|jméno příjmení|příjmení jméno|celé jméno|kontaktní osoba|kontakt|osoba|příjmení, jméno|jméno, příjmení',
    title: 'titul|oslovení|titul před jménem|tituly',
    companyName:
      'firma|název firmy|společnost|název společnosti|organizace|název organizace|zaměstnavatel|podnik|obchodní firma|název subjektu|název|instituce',
    position: 'pozice|funkce|pracovní pozice|povolání|profese|zaměstnání|pracovní zařazení',
    phone: `telefon|tel|telefonní číslo|číslo telefonu|tel číslo|tel č|mobil|mobilní telefon|mobilní číslo|číslo mobilu
      |mobilní tel|pevná linka|telefonní kontakt|kontaktní telefon|kontaktní číslo|telefon domů|telefon do práce
      |telefon práce|telefon mobil|telefonní spojení|telefony|tel kontakt|gsm|č telefonu|č mobilu|služební telefon|whatsapp`,
    email:
      'e-mail|email|mail|e-mailová adresa|emailová adresa|elektronická pošta|elektronická adresa|kontaktní e-mail|mailová adresa|adresa e-mail',
    street:
      'ulice|adresa|ulice a číslo|ulice a č p|ulice č p|ulice číslo|bydliště|adresa bydliště|ulice a číslo popisné|adresa trvalého bydliště|trvalé bydliště|název ulice|ulice č|kontaktní adresa|ulice, č.p.|doručovací adresa',
    houseNumber: 'číslo popisné|č p|čp|číslo domu|č popisné|číslo orientační|popisné číslo|č domu',
    apartmentNumber: 'číslo bytu|č bytu|byt',
    postalCode: 'psč|poštovní směrovací číslo|směrovací číslo|p s č',
    city: 'město|obec|místo|město obec|obec město|název obce|místo bydliště|sídlo obec',
    region: 'kraj|okres|region',
    country: 'země|stát|kód země|kód státu',
    taxId:
      'dič|daňové identifikační číslo|ič dph|č dič|číslo dič|d i č|ičo dič|dič ičo|~ičo|~ič|~i č|~i č o|~identifikační číslo',
    nationalId: 'rodné číslo|r č|rč|rod číslo|číslo op|číslo občanského průkazu',
    birthDate:
      'datum narození|narození|dat narození|dat nar|narozen|narozen(a)|datum nar|narozeniny|nar',
    gender: 'pohlaví|pohl',
    externalId:
      'číslo zákazníka|id zákazníka|číslo klienta|id klienta|kód zákazníka|zákaznické číslo|č zákazníka|identifikátor|kód klienta|kód|členské číslo|externí id|id kontaktu|zák číslo',
    website: 'web|webové stránky|www|internetové stránky|webová stránka|stránky|www stránky',
    language: 'jazyk|preferovaný jazyk',
    consentPhone: 'souhlas telefon|souhlas s telefonátem|souhlas s voláním|telefonický souhlas',
    consentEmail:
      'souhlas e-mail|souhlas s e-mailem|souhlas s newsletterem|souhlas se zasíláním e-mailů',
    notes:
      'poznámka|poznámky|pozn|komentář|komentáře|popis|doplňující informace|další informace|jiné',
  },
  neutral: `klienta|klient|zákazníka|zákazník|kontaktní|číslo|č|soukromý|osobní|pracovní|služební|hlavní|domů|mobil|mobilní
    |osoby|člena|pacienta|žáka|a|aktuální|povinné|nepovinné`,
  foreign: `poradce|prodejce|obchodníka|obchodní zástupce|zástupce|zástupce firmy|konzultanta|konzultant|agenta|agent|otce|matky
    |rodiče|rodičů|manžela|manželky|dítěte|rodné příjmení|za svobodna|rozená|dodání|dodací|dodavatele|dodavatel|příjemce
    |odesílatele|kampaně|kampaň|objednávky|objednávka|faktury|faktura|fakturační|produktu|zboží|smlouvy|smlouva|nabídky|sleva
    |slevový|kupón|čárový|štítek|ověřeno|ověřený|doména|operátor|poslední|předchozí|další|datum|čas|stav|typ|druh|kategorie
    |zdroj|počet|celkem|součet|částka|cena|hodnota|místo narození|fax|banka|iban|účtu|účet|heslo|ip|oddělení|tým|skupina
    |hovor|hovory|hovoru|vytvořeno|změněno|pojišťovna|dopravce|spz`,
}
