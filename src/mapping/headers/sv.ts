/** Swedish column names. */
import type { HeaderWords } from './header-words.ts'

export const sv: HeaderWords = {
  language: 'sv',
  fields: {
    firstName: 'förnamn|tilltalsnamn|kundens förnamn',
    lastName: 'efternamn|kundens efternamn|släktnamn',
    fullName:
      'namn|fullständigt namn|kontaktperson|kundnamn|för- och efternamn|förnamn efternamn|förnamn och efternamn|hela namnet|kontakt',
    title: 'tilltal|hälsning',
    companyName:
      'företag|företagsnamn|bolag|organisation|arbetsgivare|firma|bolagsnamn|företagets namn',
    position: 'befattning|titel|yrke|roll|position|tjänst|jobbtitel|arbetstitel',
    phone:
      'telefon|telefonnummer|tel|tel nr|mobil|mobilnummer|mobiltelefon|mobilnr|telefonnr|fast telefon|hemtelefon|arbetstelefon|kontaktnummer|tfn|tel nummer|telefon hem|telefon arbete|telefon mobil',
    email: 'e-post|epost|e-postadress|epostadress|mejl|mejladress|mail|e-mail|email|mailadress',
    street:
      'gata|gatuadress|adress|gatunamn|gata och nummer|postadress|bostadsadress|hemadress|utdelningsadress',
    houseNumber: 'husnummer|gatunummer',
    apartmentNumber: 'lägenhetsnummer|lägenhet|lgh|lgh nr',
    postalCode: 'postnummer|postnr|post nr',
    city: 'ort|stad|postort|bostadsort|kommun ort',
    region: 'län|region|landskap|kommun',
    country: 'land|landskod',
    taxId:
      'organisationsnummer|org nr|orgnr|momsnummer|momsregistreringsnummer|vat-nummer|org nummer|momsreg nr',
    nationalId: 'personnummer|pers nr|persnr|person nr|samordningsnummer',
    birthDate: 'födelsedatum|födelsedag|född|född datum|födelsedata',
    gender: 'kön',
    externalId:
      'kundnummer|kundnr|kund nr|kund-id|medlemsnummer|medlemsnr|referens|kundid|externt id',
    website: 'webbplats|hemsida|webbsida|webb',
    language: 'språk|önskat språk',
    consentPhone: 'samtycke telefon|telefonsamtycke|samtycke till samtal',
    consentEmail: 'samtycke e-post|e-postsamtycke|samtycke till nyhetsbrev',
    notes:
      'anteckning|anteckningar|kommentar|kommentarer|anmärkning|notering|noteringar|beskrivning|övrigt|övrig information',
  },
  neutral:
    'kund|kundens|nummer|nr|privat|arbete|jobb|hem|primär|kontakt|person|medlem|och|mobil|huvud',
  foreign: `rådgivare|säljare|konsult|agent|representant|far|mor|förälder|make|maka|barn|flicknamn|leverans|leverantör|mottagare
    |avsändare|kampanj|order|faktura|fakturerings|produkt|vara|artikel|avtal|offert|rabatt|streckkod|verifierad|domän|operatör
    |senaste|sista|föregående|nästa|datum|tid|status|typ|kategori|källa|antal|summa|belopp|pris|värde|plats|fax|bank|iban|konto
    |lösenord|ip|avdelning|grupp|samtal|skapad|ändrad|mellannamn`,
}
