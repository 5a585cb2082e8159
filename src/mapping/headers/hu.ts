/** Hungarian column names. */
import type { HeaderWords } from './header-words.ts'

export const hu: HeaderWords = {
  language: 'hu',
  fields: {
    firstName: 'keresztnév|utónév|ügyfél keresztneve',
    lastName: 'vezetéknév|családi név|családnév|ügyfél vezetékneve',
    fullName:
      'név|teljes név|kapcsolattartó|kapcsolattartó neve|ügyfél neve|ügyfélnév|vezetéknév és keresztnév|vezetéknév keresztnév|kontakt|név vezetéknév keresztnév',
    title: 'megszólítás|titulus',
    companyName:
      'cég|cégnév|cég neve|vállalat|vállalat neve|szervezet|munkahely|munkáltató|szervezet neve|intézmény|társaság',
    position: 'beosztás|munkakör|pozíció|foglalkozás',
    phone:
      'telefon|telefonszám|tel|tel szám|mobil|mobilszám|mobiltelefon|mobil telefonszám|vezetékes telefon|vezetékes|munkahelyi telefon|otthoni telefon|mobiltelefonszám|telefonszáma|elérhetőség|kapcsolattartó telefon',
    email:
      'e-mail|email|e-mail cím|email cím|mail|elektronikus levélcím|villámposta|ímél|e-mail-cím',
    street:
      'utca|cím|lakcím|utca házszám|utca és házszám|utca, házszám|levelezési cím|közterület|értesítési cím|utcanév',
    houseNumber: 'házszám|hsz',
    apartmentNumber: 'emelet ajtó|ajtó|lakás|emelet',
    postalCode: 'irányítószám|irsz|ir szám|ir sz|postai irányítószám',
    city: 'város|település|helység|helységnév|lakóhely|település neve',
    region: 'megye|régió|vármegye|tartomány',
    country: 'ország|országkód|állam',
    taxId: 'adószám|adószáma|közösségi adószám|áfa szám|cég adószáma',
    nationalId:
      'személyi szám|adóazonosító jel|adóazonosító|személyi igazolvány szám|taj|taj szám|személyi azonosító|személyigazolvány szám',
    businessId: 'cégjegyzékszám|cégjegyzék szám',
    birthDate: 'születési dátum|születési idő|születésnap|szül dátum|szül idő|született|szül dát',
    gender: 'nem|neme',
    externalId:
      'ügyfélszám|ügyfélazonosító|ügyfél azonosító|ügyfélkód|azonosító|vevőkód|partnerkód|külső azonosító|kód|tagsági szám',
    website: 'weboldal|honlap|web|weblap',
    language: 'nyelv|preferált nyelv',
    consentPhone: 'telefonos hozzájárulás|hozzájárulás telefonos megkereséshez',
    consentEmail: 'e-mail hozzájárulás|hírlevél hozzájárulás|hozzájárulás e-mail',
    notes: 'megjegyzés|megjegyzések|jegyzet|jegyzetek|leírás|kiegészítő információ|egyéb',
  },
  neutral:
    'ügyfél|ügyfele|kapcsolattartó|szám|száma|címe|személyes|munkahelyi|otthoni|elsődleges|fő|mobil|tag|és|neve',
  foreign: `tanácsadó|ügynök|értékesítő|képviselő|menedzser|ügyintéző|anyja|apja|szülő|házastárs|gyermek|születési név|leánykori
    |szállítási|szállító|címzett|feladó|kampány|rendelés|rendelési|számla|számlázási|termék|szerződés|ajánlat|kedvezmény|kupon
    |vonalkód|ellenőrzött|domain|szolgáltató|utolsó|előző|következő|dátum|idő|állapot|státusz|típus|kategória|forrás|mennyiség
    |összesen|összeg|ár|érték|hely|helye|fax|bank|iban|számlaszám|jelszó|ip|osztály|csoport|hívás|létrehozva|módosítva`,
}
