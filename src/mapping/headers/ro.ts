/** Romanian column names. */
import type { HeaderWords } from './header-words.ts'

export const ro: HeaderWords = {
  language: 'ro',
  fields: {
    firstName: 'prenume|prenumele|prenume client|prenumele clientului',
    lastName: 'nume de familie|nume|numele de familie|nume client',
    fullName:
      'nume complet|nume și prenume|nume prenume|prenume și nume|nume si prenume|persoană de contact|persoana de contact|numele complet|contact|nume, prenume|numele și prenumele',
    title: 'titlu|formulă de adresare|apelativ',
    companyName:
      'companie|firmă|firma|nume companie|denumire firmă|denumire companie|denumire|societate|organizație|angajator|nume firmă|numele companiei|denumirea firmei',
    position: 'funcție|funcția|post|profesie|ocupație|poziție',
    phone:
      'telefon|tel|număr de telefon|nr telefon|nr de telefon|telefon mobil|mobil|număr mobil|nr mobil|telefon fix|telefon contact|telefon de contact|număr telefon|telefoane|telefon serviciu|telefon acasă|celular|whatsapp',
    email:
      'e-mail|email|adresă de e-mail|adresa de e-mail|adresă e-mail|poștă electronică|mail|adresa email|adresă email|adresă de email',
    street:
      'stradă|strada|adresă|adresa|strada și numărul|domiciliu|adresă domiciliu|adresa de domiciliu|adresa completă|str',
    houseNumber: 'număr casă|nr casă|număr stradă|nr stradă|număr imobil',
    apartmentNumber: 'apartament|ap|bloc scară apartament|nr apartament',
    postalCode: 'cod poștal|cod postal|codul poștal',
    city: 'oraș|localitate|oras|localitatea|municipiu|comună',
    region: 'județ|județul|judet|regiune|sector',
    country: 'țară|țara|tara|codul țării|cod țară',
    taxId: 'cui|cif|cod fiscal|cod de identificare fiscală|cod unic de înregistrare|cod tva|c u i',
    nationalId: 'cnp|cod numeric personal|serie și număr ci|c n p',
    businessId: 'nr reg com|număr registrul comerțului|registrul comerțului',
    birthDate: 'data nașterii|data nasterii|data naștere|născut la|zi de naștere|data de naștere',
    gender: 'sex|gen|sexul',
    externalId:
      'cod client|id client|număr client|nr client|identificator|codul clientului|id extern|cod|referință',
    website: 'site|site web|pagină web|website',
    language: 'limbă|limba|limba preferată',
    consentPhone: 'acord telefon|acord apeluri|consimțământ telefon',
    consentEmail: 'acord e-mail|consimțământ e-mail|acord newsletter|consimțământ email',
    notes:
      'observații|observatii|note|notă|comentarii|comentariu|descriere|mențiuni|informații suplimentare|alte informații',
  },
  neutral:
    'client|clientului|de|contact|număr|nr|personal|serviciu|principal|mobil|fix|acasă|și|persoană|actual|domiciliu',
  foreign: `agent|agentului|consultant|consultantului|vânzător|reprezentant|manager|angajat|tată|tatălui|mamă|mamei|părinte|părinți
    |soț|soție|copil|fată|urgență|livrare|livrării|furnizor|destinatar|expeditor|campanie|campaniei|comandă|comenzii|factură
    |facturare|produs|produsului|contract|ofertă|reducere|cupon|bare|verificat|domeniu|operator|ultimul|ultima|anterior|următor
    |data|ora|stare|status|tip|categorie|sursă|cantitate|total|sumă|preț|valoare|loc|locul|fax|bancă|iban|cont|parolă|ip
    |departament|grup|apel|apelului|creat|modificat`,
}
