/** German column names. */
import type { HeaderWords } from './header-words.ts'

export const de: HeaderWords = {
  language: 'de',
  fields: {
    firstName: 'Vorname|Vornamen|Rufname|Vorname Kunde|Kunde Vorname|Vorname des Kunden|VName',
    lastName:
      'Nachname|Familienname|Zuname|Nachname Kunde|Kunde Nachname|Nachname des Kunden|NName',
    fullName: `Name|Name, Vorname|Vorname Name|Vorname, Name|Vor- und Nachname|Vorname und Nachname
      |Nachname, Vorname|Nachname und Vorname|Ansprechpartner|Ansprechperson|Kontaktperson|Vollständiger Name
      |voller Name|Kundenname|Name des Ansprechpartners|Name des Kunden|Kontakt|Vorname Nachname|Nachname Vorname|Name und Vorname`,
    title: 'Anrede|Titel|akademischer Titel|Anrede Titel|Briefanrede',
    companyName: `Firma|Firmenname|Unternehmen|Unternehmensname|Name der Firma|Organisation|Betrieb|Arbeitgeber
      |Gesellschaft|Firma 1|Firmenbezeichnung|Institution|Name des Unternehmens`,
    position:
      'Position|Beruf|Funktion|Stelle|Berufsbezeichnung|Stellenbezeichnung|Jobtitel|Tätigkeit|Rolle',
    phone: `Telefon|Telefonnummer|Tel|Tel Nr|Telefon Nr|Telefonnr|Handy|Handynummer|Handy Nr|Mobil|Mobiltelefon
      |Mobilnummer|Mobilfunk|Mobilfunknummer|Festnetz|Festnetznummer|Rufnummer|Telefon privat|Telefon geschäftlich
      |Telefon dienstlich|Privattelefon|Diensttelefon|Kontakttelefon|Kontaktnummer|Fon|Telefon mobil|Mobil Nr
      |Telefon Festnetz|Durchwahl|Telefon 1|Natel|Tel mobil|Tel privat|Tel geschäftlich|Rückrufnummer`,
    email: `E-Mail|E-Mail-Adresse|Mail|Mailadresse|E-Mail privat|E-Mail geschäftlich|E-Mail-Adresse Kunde
      |elektronische Post|E-Mail dienstlich|Email-Adresse|Emailadresse|Mail-Adresse|Kontakt E-Mail`,
    street: `Straße|Strasse|Straße und Hausnummer|Strasse und Hausnummer|Straße Hausnummer|Straße, Hausnummer|Adresse
      |Anschrift|Straße Nr|Straße und Nr|Str|Straße, Nr|Straßenname|Strasse Nr|Postanschrift|Wohnadresse|Adresse 1
      |Straße/Nr|Straße mit Hausnummer`,
    houseNumber: 'Hausnummer|Haus-Nr|Hausnr|Hnr|HausNr',
    apartmentNumber: 'Wohnung|Wohnungsnummer|Wohnungsnr|Top|Türnummer|Tür|Adresszusatz',
    postalCode: 'PLZ|Postleitzahl|Postleitzahlen|PLZ Wohnort',
    city: 'Ort|Stadt|Wohnort|Ortschaft|Gemeinde|Ortsname|Wohnsitz|Stadt/Ort|Ort/Stadt',
    region: 'Bundesland|Kanton|Region|Land/Region|Provinz|Landkreis',
    country: 'Land|Staat|Ländercode|Länderkennzeichen|Landeskennzeichen|Wohnsitzland|Länderkürzel',
    taxId: `USt-IdNr|UStID|USt-ID|Umsatzsteuer-ID|Umsatzsteuer-Identifikationsnummer|Steuernummer|UID|UID-Nummer
      |Steuer-Nr|Umsatzsteuernummer|USt-Id-Nr|MwSt-Nummer|UID-Nr|Steuernr`,
    nationalId: `Steuer-ID|Steuer-Identifikationsnummer|Sozialversicherungsnummer|SV-Nummer|AHV-Nummer|AHV-Nr|Ausweisnummer
      |Personalausweisnummer|Svnr|Versicherungsnummer`,
    businessId:
      'Handelsregisternummer|HRB|Handelsregister-Nr|Firmenbuchnummer|HR-Nummer|HRB-Nummer|FN-Nummer',
    birthDate:
      'Geburtsdatum|Geb.-Datum|Geburtstag|geboren am|geb am|geb|Geb Dat|GebDat|Geburtsdat|Geb-Dat|Geb Datum',
    gender: 'Geschlecht|Geschlecht m w|m w|m w d|Geschlecht m/w/d',
    externalId: `Kunden-Nr|Kundennummer|Kundennr|Kunden-ID|Mitgliedsnummer|Mitgliedsnr|externe ID|Kontakt-ID
      |Debitorennummer|Debitor|Kennung|Referenz|Referenznummer|Kundenkennung|Personen-ID|Mandantennummer|Kd-Nr`,
    website: 'Webseite|Website|Homepage|Internetseite|Internetadresse|Internet|Webadresse|Web',
    language: 'Sprache|Korrespondenzsprache|bevorzugte Sprache|Kontaktsprache|Muttersprache',
    consentPhone: `Einwilligung Telefon|Telefoneinwilligung|Einwilligung telefonischer Kontakt|Zustimmung Telefon
      |telefonische Einwilligung|Werbeeinwilligung Telefon`,
    consentEmail: `Einwilligung E-Mail|E-Mail-Einwilligung|Zustimmung E-Mail|Newsletter Einwilligung
      |Einwilligung Newsletter|Werbeeinwilligung E-Mail`,
    notes: `Bemerkung|Bemerkungen|Notiz|Notizen|Anmerkung|Anmerkungen|Kommentar|Kommentare|Hinweis|Hinweise
      |Beschreibung|Zusatzinfo|Zusatzinformationen|Info|Sonstiges|weitere Informationen`,
  },
  neutral: `Kunde|Kunden|des|der|die|Nr|Nummer|privat|geschäftlich|dienstlich|mobil|Adresse|Haupt|Kontakt|und|primär
    |beruflich|Person|Mitglied|Teilnehmer|Patient|aktuell|neu|Büro|zuhause|Pflichtfeld|optional`,
  foreign: `Berater|Beraters|Vertreter|Vertriebler|Betreuer|Betreuers|Sachbearbeiter|Mitarbeiter|Verkäufer|Makler|Agent
    |Vater|Mutter|Eltern|Ehepartner|Ehefrau|Ehemann|Kind|Kinder|Geburtsname|Mädchenname|Notfall|Notfallkontakt
    |Lieferung|Lieferant|Liefer|Lieferadresse|Lieferort|Empfänger|Absender|Kampagne|Auftrag|Auftrags|Bestell
    |Bestellnummer|Bestellung|Rechnung|Rechnungs|Produkt|Artikel|Artikelnummer|Vertrag|Vertrags|Angebot|Rabatt
    |Gutschein|Barcode|Etikett|Anzeigename|verifiziert|bestätigt|Domain|Anbieter|letzter|letzte|letztes|vorheriger
    |nächster|Datum|Uhrzeit|Zeit|Status|Typ|Art|Kategorie|Quelle|Anzahl|Summe|Betrag|Preis|Wert|Umsatz|ist|hat
    |Geburtsort|Fax|Telefax|Bank|IBAN|BIC|Konto|Kontonummer|Passwort|Benutzername|IP|Abteilung|Team|Gruppe|Filiale
    |Anruf|Anrufe|erstellt|geändert|angelegt|Version|Einwilligung|Zustimmung|Versicherung|Kennzeichen`,
}
