/** Italian column names. */
import type { HeaderWords } from './header-words.ts'

export const it: HeaderWords = {
  language: 'it',
  fields: {
    firstName: 'nome|nomi|nome di battesimo|nome cliente|nome del cliente|nome contatto',
    lastName: 'cognome|cognomi|cognome cliente|cognome del cliente',
    fullName: `nome e cognome|cognome e nome|nome cognome|cognome nome|nominativo|nome completo|persona di contatto
      |referente|contatto|cognome, nome|nominativo cliente|intestatario`,
    title: 'titolo|appellativo|titolo di cortesia|sig',
    companyName:
      'azienda|ragione sociale|società|nome azienda|ditta|impresa|nome società|denominazione|organizzazione|ente|nome della società|datore di lavoro',
    position: 'posizione|ruolo|professione|mansione|qualifica|carica|occupazione|incarico',
    phone: `telefono|tel|numero di telefono|numero telefono|n telefono|n° telefono|cellulare|cell|numero di cellulare
      |numero cellulare|telefono cellulare|tel cellulare|telefono fisso|fisso|telefono casa|telefono ufficio|recapito
      |recapito telefonico|telefono mobile|mobile|telefono abitazione|telefono principale|numero fisso|n cellulare|tel fisso
      |tel casa|tel ufficio|telefono lavoro|numero mobile|num telefono|num cellulare|whatsapp|telefoni|n tel|nr telefono`,
    email:
      'e-mail|email|posta elettronica|indirizzo e-mail|indirizzo email|indirizzo di posta elettronica|mail|indirizzo mail|posta|e-mail personale|e-mail aziendale|pec',
    street:
      'via|indirizzo|via e numero civico|indirizzo di residenza|residenza|via e numero|via/piazza|strada|indirizzo 1|indirizzo completo|via piazza|domicilio|indirizzo residenza',
    houseNumber: 'numero civico|civico|n civico|n° civico|nr civico|num civico',
    apartmentNumber: 'interno|scala interno|appartamento|numero interno',
    postalCode: 'cap|codice postale|codice avviamento postale|c a p',
    city: 'città|comune|località|comune di residenza|città di residenza|paese città|citta residenza',
    region: 'provincia|regione|prov|pr|sigla provincia',
    country:
      'paese|nazione|stato|paese di residenza|nazione di residenza|codice paese|stato estero',
    taxId:
      'partita iva|p iva|piva|p. iva|numero partita iva|vat|codice partita iva|part iva|partita i v a',
    nationalId: 'codice fiscale|cod fiscale|c f|cf|cod fisc|codice fiscale cliente',
    businessId: 'numero rea|rea|codice sdi|codice destinatario|n rea',
    birthDate:
      'data di nascita|data nascita|nascita|nato il|nata il|data nasc|nato/a il|dt nascita|compleanno',
    gender: 'sesso|genere|sesso m f',
    externalId:
      'codice cliente|numero cliente|id cliente|n cliente|cod cliente|identificativo|riferimento|codice|codice contatto|numero tessera|n tessera|matricola|id contatto',
    website: 'sito web|sito|sito internet|pagina web',
    language: 'lingua|lingua preferita',
    consentPhone: 'consenso telefono|consenso telefonico|consenso chiamate|autorizza chiamate',
    consentEmail: 'consenso e-mail|consenso email|consenso newsletter|autorizza e-mail',
    notes:
      'note|nota|osservazioni|commenti|commento|descrizione|annotazioni|informazioni aggiuntive|altre informazioni|altro',
  },
  neutral: `cliente|del|di|della|il|la|numero|n|nr|num|personale|lavoro|ufficio|casa|principale|contatto|mobile|cellulare
    |fisso|residenza|socio|paziente|alunno|attuale|obbligatorio|facoltativo|e|aziendale|privato`,
  foreign: `consulente|agente|venditore|commerciale|rappresentante|responsabile|operatore|dipendente|padre|madre|genitore
    |genitori|coniuge|moglie|marito|figlio|figli|emergenza|secondo|spedizione|consegna|fornitore|destinatario|mittente
    |campagna|ordine|fattura|fatturazione|prodotto|articolo|contratto|polizza|offerta|sconto|barre|etichetta|verificato
    |dominio|gestore|ultima|ultimo|precedente|prossima|prossimo|data|ora|stato ordine|tipo|categoria|fonte|origine
    |quantità|totale|somma|importo|prezzo|valore|luogo|fax|banca|iban|conto|password|utente|ip|reparto|gruppo|chiamata
    |chiamate|creazione|modifica|assicurazione|corriere|targa`,
}
