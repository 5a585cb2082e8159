/** Danish column names. */
import type { HeaderWords } from './header-words.ts'

export const da: HeaderWords = {
  language: 'da',
  fields: {
    firstName: 'fornavn|fornavne|kundens fornavn',
    lastName: 'efternavn|efternavne|kundens efternavn',
    fullName:
      'navn|fulde navn|kontaktperson|kundenavn|for- og efternavn|fornavn og efternavn|kontakt|fornavn efternavn',
    title: 'tiltale|tiltaleform',
    companyName:
      'firma|firmanavn|virksomhed|virksomhedsnavn|organisation|arbejdsgiver|selskab|virksomhedens navn',
    position: 'stilling|titel|stillingsbetegnelse|jobtitel|erhverv|funktion',
    phone:
      'telefon|telefonnummer|tlf|tlf nr|tlfnr|mobil|mobilnummer|mobiltelefon|mobilnr|telefonnr|fastnet|arbejdstelefon|privattelefon|kontaktnummer|telefon privat|tlf nummer|mobil nr|tlf mobil',
    email: 'e-mail|email|mail|e-mailadresse|emailadresse|mailadresse|e-post|e-mail adresse',
    street:
      'vej|adresse|gade|vejnavn|gadenavn|vej og husnummer|gade og nummer|bopæl|vejnavn og nummer|bopælsadresse',
    houseNumber: 'husnummer|husnr|hus nr',
    apartmentNumber: 'lejlighed|etage|dør|sal',
    postalCode: 'postnummer|postnr|post nr',
    city: 'by|bynavn|postdistrikt|bopælsby',
    region: 'region|kommune|landsdel',
    country: 'land|landekode',
    taxId: 'cvr|cvr nr|cvr-nummer|cvrnr|momsnummer|momsnr|se nummer',
    nationalId: 'cpr|cpr nr|cpr-nummer|cprnr|personnummer',
    birthDate: 'fødselsdato|fødselsdag|født|født dato|fødselsdata',
    gender: 'køn',
    externalId:
      'kundenummer|kundenr|kunde nr|kunde-id|medlemsnummer|medlemsnr|reference|id-nummer|kundeid',
    website: 'hjemmeside|webside|websted',
    language: 'sprog|foretrukket sprog',
    consentPhone: 'samtykke telefon|telefonsamtykke|samtykke til opkald',
    consentEmail: 'samtykke e-mail|e-mail samtykke|samtykke til nyhedsbrev',
    notes:
      'bemærkning|bemærkninger|noter|note|kommentar|kommentarer|beskrivelse|øvrige oplysninger|andet',
  },
  neutral: 'kunde|kundens|nummer|nr|privat|arbejde|primær|kontakt|person|medlem|og|mobil|hoved',
  foreign: `rådgiver|sælger|konsulent|agent|repræsentant|far|mor|forælder|ægtefælle|barn|pigenavn|levering|leverings|leverandør
    |modtager|afsender|kampagne|ordre|faktura|produkt|vare|kontrakt|tilbud|rabat|stregkode|verificeret|domæne|operatør|seneste
    |sidste|forrige|næste|dato|tid|status|type|kategori|kilde|antal|sum|beløb|pris|værdi|sted|fax|bank|iban|konto|adgangskode
    |ip|afdeling|gruppe|opkald|oprettet|ændret|mellemnavn`,
}
