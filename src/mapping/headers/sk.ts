/** Slovak column names. */
import type { HeaderWords } from './header-words.ts'

export const sk: HeaderWords = {
  language: 'sk',
  fields: {
    firstName: 'meno|krstné meno|meno klienta|meno zákazníka',
    lastName: 'priezvisko|priezvisko klienta|priezvisko zákazníka',
    fullName:
      'meno a priezvisko|priezvisko a meno|meno priezvisko|priezvisko meno|celé meno|kontaktná osoba|kontakt|osoba',
    title: 'titul|oslovenie',
    companyName:
      'firma|názov firmy|spoločnosť|názov spoločnosti|organizácia|zamestnávateľ|podnik|obchodné meno|názov|inštitúcia|názov organizácie',
    position: 'pozícia|funkcia|pracovná pozícia|povolanie|profesia|zamestnanie',
    phone:
      'telefón|tel|telefónne číslo|číslo telefónu|tel číslo|tel č|mobil|mobilný telefón|mobilné číslo|číslo mobilu|pevná linka|kontaktný telefón|kontaktné číslo|telefón domov|telefón do práce|telefónny kontakt|telefóny|gsm|whatsapp',
    email:
      'e-mail|email|mail|e-mailová adresa|emailová adresa|elektronická pošta|kontaktný e-mail|mailová adresa',
    street:
      'ulica|adresa|ulica a číslo|ulica číslo|bydlisko|adresa bydliska|trvalé bydlisko|názov ulice|ulica a č d|kontaktná adresa',
    houseNumber: 'číslo domu|súpisné číslo|popisné číslo|orientačné číslo|č domu|č d',
    apartmentNumber: 'číslo bytu|byt|č bytu',
    postalCode: 'psč|poštové smerovacie číslo|p s č',
    city: 'mesto|obec|mesto obec|miesto|názov obce|obec mesto',
    region: 'kraj|okres|región',
    country: 'krajina|štát|kód krajiny|kód štátu',
    taxId: 'dič|ič dph|daňové identifikačné číslo|d i č|č dph|~ičo|~ič|~identifikačné číslo|~i č o',
    nationalId: 'rodné číslo|r č|rč|číslo op|číslo občianskeho preukazu',
    birthDate:
      'dátum narodenia|narodenie|dát nar|dátum nar|narodený|narodená|narodeniny|dat narodenia|nar',
    gender: 'pohlavie|pohl',
    externalId:
      'číslo zákazníka|id zákazníka|číslo klienta|id klienta|kód zákazníka|zákaznícke číslo|identifikátor|kód klienta|kód|členské číslo|externé id|id kontaktu',
    website: 'web|webová stránka|www|webstránka|internetová stránka',
    language: 'jazyk|preferovaný jazyk',
    consentPhone: 'súhlas telefón|súhlas s volaním|telefonický súhlas',
    consentEmail: 'súhlas e-mail|súhlas s e-mailom|súhlas s newsletterom',
    notes:
      'poznámka|poznámky|pozn|komentár|komentáre|popis|doplňujúce informácie|ďalšie informácie|iné',
  },
  neutral: `klienta|klient|zákazníka|zákazník|kontaktný|kontaktná|kontaktné|číslo|č|súkromný|osobný|pracovný|služobný|hlavný
    |domov|mobil|mobilné|osoby|člena|pacienta|žiaka|a|aktuálny|povinné|nepovinné`,
  foreign: `poradcu|predajcu|obchodníka|zástupcu|konzultanta|agenta|otca|matky|rodiča|rodičov|manžela|manželky|dieťaťa|rodená
    |dodania|dodacia|dodávateľa|príjemcu|odosielateľa|kampane|kampaň|objednávky|faktúry|fakturačná|produktu|tovaru|zmluvy
    |ponuky|zľava|zľavový|kupón|čiarový|štítok|overené|doména|operátor|posledný|posledná|predchádzajúci|ďalší|dátum|čas|stav
    |typ|druh|kategória|zdroj|počet|spolu|súčet|suma|cena|hodnota|fax|banka|iban|účtu|heslo|ip|oddelenie|tím|skupina|hovor
    |hovory|vytvorené|zmenené|poisťovňa|dopravca`,
}
