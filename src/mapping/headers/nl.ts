/** Dutch column names. */
import type { HeaderWords } from './header-words.ts'

export const nl: HeaderWords = {
  language: 'nl',
  fields: {
    firstName: 'voornaam|voornamen|roepnaam|voornaam klant',
    lastName: 'achternaam|familienaam|achternaam klant|achternamen',
    fullName:
      'naam|volledige naam|contactpersoon|naam klant|klantnaam|voor- en achternaam|voornaam en achternaam|voornaam achternaam|contact',
    title: 'aanhef|titel|aanspreekvorm|aanspreektitel',
    companyName:
      'bedrijf|bedrijfsnaam|organisatie|onderneming|firma|naam bedrijf|werkgever|organisatienaam|naam organisatie|firmanaam',
    position: 'functie|functietitel|beroep|positie|rol',
    phone:
      'telefoon|telefoonnummer|tel|tel nr|mobiel|mobiele nummer|mobiel nummer|mobiele telefoon|gsm|gsm nummer|gsm nr|vaste telefoon|vast nummer|telefoon werk|telefoon privé|telefoon thuis|telefoonnr|telefoon mobiel|06 nummer|contactnummer|tel nummer|mobielnummer|telnr',
    email: 'e-mail|email|e-mailadres|emailadres|mail|mailadres|e-mail adres',
    street:
      'straat|adres|straatnaam|straat en huisnummer|straat en nummer|straat + huisnummer|woonadres|adresregel 1|straat huisnummer|postadres',
    houseNumber: 'huisnummer|huisnr|nummer huis|huis nr',
    apartmentNumber: 'toevoeging|huisnummertoevoeging|bus|busnummer|appartement',
    postalCode: 'postcode|post code|pc',
    city: 'plaats|woonplaats|stad|gemeente|plaatsnaam|vestigingsplaats',
    region: 'provincie|regio|gewest',
    country: 'land|landcode|land van verblijf',
    taxId: 'btw-nummer|btw nr|btw|btw-identificatienummer|btw id|rsin|btwnummer',
    nationalId: 'bsn|burgerservicenummer|rijksregisternummer|sofinummer|insz',
    businessId: 'kvk|kvk-nummer|kvk nr|ondernemingsnummer|kvknummer|kbo nummer',
    birthDate: 'geboortedatum|verjaardag|geboren|geboren op|geb datum|geb dat|geboortedag',
    gender: 'geslacht|m v',
    externalId:
      'klantnummer|klant nr|klantnr|klant-id|lidnummer|relatienummer|referentie|debiteurnummer|extern id|klantcode|debiteurnr|relatienr',
    website: 'website|webpagina|site|webadres',
    language: 'taal|voorkeurstaal|correspondentietaal',
    consentPhone: 'toestemming telefoon|toestemming bellen|telefonische toestemming',
    consentEmail: 'toestemming e-mail|toestemming nieuwsbrief|toestemming mail',
    notes:
      'opmerking|opmerkingen|notitie|notities|toelichting|commentaar|omschrijving|bijzonderheden|overige informatie|memo',
  },
  neutral:
    'klant|klanten|van|de|het|nummer|nr|privé|werk|zakelijk|thuis|primair|contact|persoon|lid|en|mobiel|hoofd|vast',
  foreign: `adviseur|verkoper|vertegenwoordiger|agent|consulent|medewerker|vader|moeder|ouder|partner|kind|meisjesnaam|levering
    |lever|leverancier|ontvanger|afzender|campagne|bestelling|order|factuur|product|artikel|contract|polis|offerte|korting|streepjescode
    |geverifieerd|domein|aanbieder|laatste|vorige|volgende|datum|tijd|status|type|soort|categorie|bron|aantal|totaal|som|bedrag
    |prijs|waarde|geboorteplaats|fax|bank|iban|rekening|wachtwoord|ip|afdeling|groep|gesprek|aangemaakt|gewijzigd|tussenvoegsel`,
}
