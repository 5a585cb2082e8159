/** Polish column names. */
import type { HeaderWords } from './header-words.ts'

export const pl: HeaderWords = {
  language: 'pl',
  fields: {
    firstName: 'imię|imiona|imie|pierwsze imię|imię klienta|imię kontaktu',
    lastName: 'nazwisko|nazwiska|nazwisko klienta|nazwisko kontaktu',
    fullName: `imię i nazwisko|nazwisko i imię|imię nazwisko|nazwisko imię|imiona i nazwisko|imię oraz nazwisko
      |nazwisko oraz imię|pełne imię i nazwisko|osoba kontaktowa|osoba do kontaktu|osoba|dane kontaktowe osoby
      |imię i nazwisko klienta|klient imię i nazwisko|dane osobowe|kontakt imię i nazwisko|abonent`,
    title:
      'tytuł|tytuł naukowy|zwrot|zwrot grzecznościowy|forma grzecznościowa|tytuł grzecznościowy',
    companyName: `firma|nazwa firmy|nazwa przedsiębiorstwa|przedsiębiorstwo|kontrahent|nazwa kontrahenta
      |organizacja|nazwa organizacji|pracodawca|zakład pracy|instytucja|nazwa instytucji|nazwa podmiotu|podmiot
      |nazwa klienta|nazwa|pełna nazwa|nazwa pełna|~nazwa skrócona|spółka|firma klienta|nazwa jednostki
      |nazwa szkoły|nazwa placówki|zakład`,
    position:
      'stanowisko|stanowisko pracy|funkcja|rola|zawód|stanowisko służbowe|pełniona funkcja|zawód wykonywany',
    phone: `telefon|tel|telefony|nr telefonu|numer telefonu|nr tel|numer tel|telefon kontaktowy|tel kontaktowy
      |numer kontaktowy|nr kontaktowy|telefon komórkowy|telefon kom|tel kom|tel komórkowy|komórka|kom|nr kom
      |numer komórki|nr komórki|numer komórkowy|komórkowy|telefon stacjonarny|tel stacjonarny|stacjonarny
      |gsm|nr gsm|numer gsm|tel gsm|telefon gsm|numer|telefon domowy|telefon służbowy|telefon prywatny
      |telefon do kontaktu|numer do kontaktu|numer do kampanii|numer do dzwonienia|telefon klienta|tel klienta
      |telefon główny|telefon podstawowy|msisdn|kontakt telefoniczny|telefon do pracy|telefon praca|telefon dom
      |nr telefonu komórkowego|numer telefonu komórkowego|nr tel kom|nr telefonu kontaktowego
      |numer telefonu kontaktowego|whatsapp|numer abonenta|nr abonenta telefonu`,
    email: `e-mail|email|mail|adres e-mail|adres email|adres mail|adres mailowy|poczta elektroniczna|poczta e-mail
      |adres poczty elektronicznej|e-mail kontaktowy|e-mail służbowy|e-mail prywatny|e-mail klienta|mail klienta
      |adres elektroniczny|mail kontaktowy|e-mail do kontaktu`,
    street: `ulica|ul|adres|ulica i numer|ulica i nr|ulica nr|ulica numer|ulica nr domu|ulica i nr domu
      |ulica i numer domu|adres zamieszkania|adres korespondencyjny|adres do korespondencji|nazwa ulicy|adres ulica
      |adres 1|adres klienta|adres zameldowania|ulica i nr lokalu|adres pocztowy|adres siedziby|ulica zamieszkania
      |ulica nr domu nr lokalu|adres firmy`,
    houseNumber:
      'nr domu|numer domu|nr budynku|numer budynku|dom|budynek|nr posesji|numer posesji|nr bud',
    apartmentNumber: `nr lokalu|numer lokalu|nr mieszkania|numer mieszkania|lokal|mieszkanie|nr lok|nr miesz|nr m
      |numer lok`,
    postalCode:
      'kod pocztowy|kod|kod poczt|kod p|pna|kod pocztowy klienta|kod pocztowy i poczta|kod-pocztowy',
    city: `miasto|miejscowość|miejscowość zamieszkania|nazwa miejscowości|nazwa miasta|miasto zamieszkania
      |miejsce zamieszkania|miasto klienta|siedziba miejscowość|miejscowosc zam|miasto miejscowość|miejscowość poczta`,
    region: 'województwo|woj|wojew|region|nazwa województwa|województwo zamieszkania',
    country:
      'kraj|państwo|kraj zamieszkania|kod kraju|kraj klienta|nazwa kraju|kraj pochodzenia adresu',
    taxId: `nip|nr nip|numer nip|nip firmy|numer identyfikacji podatkowej|nip ue|nip klienta|nip kontrahenta|nr vat
      |numer vat|numer podatkowy`,
    nationalId: 'pesel|nr pesel|numer pesel|pesel klienta|nr ewidencyjny pesel',
    businessId: 'regon|nr regon|numer regon|krs|nr krs|numer krs|regon firmy',
    birthDate: `data urodzenia|data ur|data urodz|dzień urodzenia|urodziny|urodzony|d ur|data urodzin|dt ur
      |data urodzenia klienta|dt urodzenia|ur|data ur klienta`,
    gender: 'płeć|płeć klienta|płeć k m|płeć m k|k m',
    externalId: `id|id zewnętrzne|identyfikator|id klienta|nr klienta|numer klienta|kod klienta|id kontaktu
      |id kontrahenta|nr kontrahenta|numer kontrahenta|kod kontrahenta|id crm|identyfikator zewnętrzny|symbol
      |identyfikator klienta|symbol klienta|symbol kontrahenta|nr ewidencyjny|numer ewidencyjny|nr kartoteki
      |numer zewnętrzny|id rekordu|id osoby|akronim`,
    website:
      'strona www|www|strona internetowa|adres www|witryna|witryna internetowa|strona|adres strony www|strona firmy',
    language:
      'język|język kontaktu|język korespondencji|preferowany język|język klienta|język komunikacji|język obsługi',
    consentPhone: `zgoda na telefon|zgoda telefon|zgoda na kontakt telefoniczny|zgoda telefoniczna|zgoda na dzwonienie
      |zgoda na rozmowy telefoniczne|zgoda marketingowa telefon|zgoda tel`,
    consentEmail: `zgoda na e-mail|zgoda e-mail|zgoda na kontakt e-mail|zgoda mailowa|zgoda na newsletter
      |zgoda na wysyłkę e-mail|zgoda marketingowa e-mail|zgoda na mailing|zgoda mail`,
    notes: `uwagi|uwaga|notatka|notatki|komentarz|komentarze|opis|dodatkowe informacje|informacje dodatkowe|adnotacje
      |adnotacja|uwagi dodatkowe|informacje|dodatkowe uwagi|uwagi do klienta|notatka z rozmowy|opis klienta|inne`,
  },
  neutral: `klienta|klientki|kontaktu|kontaktowy|kontaktowa|kontaktowe|nr|numer|adres|prywatny|prywatna|prywatne
    |służbowy|służbowa|służbowe|główny|główna|podstawowy|podstawowa|kom|komórkowy|komórkowe|stacjonarny|bezpośredni|domowy
    |zamieszkania|zam|służb|pryw|osoby|osoba|do|na|i|rozmówcy|abonenta|kontrahenta|własny|firmowy|firmowe|praca|dom|aktualny
    |aktualna|aktualne|pierwsze|pacjenta|ucznia|członka|uczestnika|respondenta|kupującego|kupującej|nabywcy|lokatora|mieszkańca|korespondencyjny|firmy|wymagane|opcjonalne|nowy`,
  foreign: `doradcy|doradca|handlowca|handlowiec|konsultanta|konsultant|agenta|agent|opiekuna|opiekun|przedstawiciela
    |pracownika|sprzedawcy|kierownika|dyrektora|prezesa|właściciela konta|rodzica|rodziców|ojca|matki|męża|żony
    |małżonka|dziecka|dzieci|panieńskie|rodowe|drugie|poprzednie|poprzedni|polecającego|pełnomocnika|płatnika
    |odbiorcy|nadawcy|dostawy|dostawcy|kuriera|kurierska|kurierski|kampanii|zamówienia|oferty|umowy|faktury
    |faktur|produktu|towaru|promocji|rabatowy|rabatowa|zniżkowy|kreskowy|ean|pkd|teryt|iban|swift|banku|bank
    |konta|konto|rejestracji|wydania|ważności|utworzenia|dodania|modyfikacji|aktualizacji|kontaktu ostatniego
    |ostatni|ostatnia|ostatnie|odebrany|odebrane|nieodebrany|wykonany|data|godzina|czas|status|typ|rodzaj
    |kategoria|źródło|liczba|ilość|suma|kwota|cena|wartość|czy|zgoda|zgody|strony|ip|mac|url|link|hasło
    |fax|faks|docelowe|docelowy|targów|pożyczkowa|ubezpieczeniowa|leasingowa|windykacyjna|transportowa
    |urodzenia miejsce|miejsce urodzenia|zespołu|działu|dział|oddziału|oddział|grupy|grupa|segment|szkolenia|wersja
    |operator|operatora|imieniny|kolejny|następny|wynik|etykieta|zweryfikowany|domena|pojazdu|rejestracyjny`,
}
