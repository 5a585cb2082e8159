/** Lithuanian column names. */
import type { HeaderWords } from './header-words.ts'

export const lt: HeaderWords = {
  language: 'lt',
  fields: {
    firstName: 'vardas|kliento vardas|vardai',
    lastName: 'pavardė|kliento pavardė',
    fullName:
      'vardas pavardė|vardas ir pavardė|pavardė vardas|pavardė ir vardas|vardas, pavardė|kontaktinis asmuo|pilnas vardas|asmuo',
    title: 'kreipinys|titulas',
    companyName:
      'įmonė|įmonės pavadinimas|bendrovė|organizacija|pavadinimas|firma|darbovietė|organizacijos pavadinimas',
    position: 'pareigos|profesija|darbo pozicija|pozicija',
    phone:
      'telefonas|tel|telefono numeris|tel nr|telefono nr|mobilus telefonas|mobilusis telefonas|mob tel|mobilusis|mob|mob nr|numeris|kontaktinis telefonas|darbo telefonas|namų telefonas',
    email: 'el paštas|elektroninis paštas|e-paštas|el pašto adresas|e-mail|email|el p|paštas',
    street:
      'gatvė|adresas|gyvenamoji vieta|gatvė ir namo numeris|namų adresas|gyvenamosios vietos adresas',
    houseNumber: 'namo numeris|namo nr|namas',
    apartmentNumber: 'buto numeris|buto nr|butas',
    postalCode: 'pašto kodas|pašto indeksas|indeksas',
    city: 'miestas|gyvenvietė|vietovė|miestas gyvenvietė',
    region: 'apskritis|savivaldybė|rajonas|regionas',
    country: 'šalis|valstybė|šalies kodas',
    taxId: 'pvm kodas|pvm mokėtojo kodas|mokesčių mokėtojo kodas|įmonės kodas|pvm',
    nationalId: 'asmens kodas|a k|ak',
    birthDate: 'gimimo data|gimimo diena|gim data|gimė|gimtadienis',
    gender: 'lytis',
    externalId:
      'kliento numeris|kliento nr|kliento kodas|identifikatorius|kodas|kliento id|išorinis id',
    website: 'svetainė|interneto svetainė|tinklalapis',
    language: 'kalba|pageidaujama kalba',
    consentPhone: 'sutikimas skambinti|sutikimas telefonu',
    consentEmail: 'sutikimas el paštu|sutikimas gauti naujienlaiškį',
    notes: 'pastabos|pastaba|komentaras|komentarai|aprašymas|papildoma informacija|kita',
  },
  neutral:
    'kliento|klientas|kontaktinis|numeris|nr|asmeninis|darbo|namų|pagrindinis|mobilus|asmens|ir|kontaktas',
  foreign: `vadybininko|konsultanto|agento|atstovo|pardavėjo|tėvo|motinos|vyro|žmonos|vaiko|mergautinė|pristatymo|tiekėjo
    |gavėjo|siuntėjo|kampanijos|užsakymo|sąskaitos|prekės|produkto|sutarties|pasiūlymo|nuolaida|kuponas|brūkšninis|domenas
    |operatorius|paskutinis|paskutinio|ankstesnis|kitas|data|laikas|būsena|statusas|tipas|rūšis|kategorija|šaltinis|kiekis
    |suma|iš viso|kaina|vertė|vieta|faksas|bankas|iban|slaptažodis|ip|skyrius|grupė|skambutis|skambučio|sukurta|pakeista`,
}
