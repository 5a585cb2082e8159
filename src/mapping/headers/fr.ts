/** French column names. */
import type { HeaderWords } from './header-words.ts'

export const fr: HeaderWords = {
  language: 'fr',
  fields: {
    firstName: 'prénom|prénoms|prénom du client|prénom client|prénom contact|prénom usuel',
    lastName:
      'nom de famille|nom|nom du client|nom client|nom contact|nom usuel|noms|nom patronymique',
    fullName: `nom complet|nom et prénom|nom et prénoms|prénom et nom|nom prénom|prénom nom|nom, prénom|contact
      |personne à contacter|personne de contact|interlocuteur|nom prénoms|nom du contact|identité`,
    title: 'civilité|titre|titre de civilité|formule de politesse',
    companyName: `société|entreprise|nom de la société|nom de l entreprise|raison sociale|organisation|organisme
      |nom société|nom entreprise|employeur|compagnie|établissement|dénomination|dénomination sociale|enseigne`,
    position: 'fonction|poste|profession|métier|intitulé du poste|poste occupé|emploi|qualité',
    phone: `téléphone|tél|tel|numéro de téléphone|n° de téléphone|n° téléphone|no de téléphone|numéro téléphone|n° tél
      |téléphone portable|portable|mobile|numéro de portable|numéro de mobile|n° portable|tél portable|tél mobile
      |téléphone mobile|téléphone fixe|fixe|tél fixe|téléphone domicile|téléphone professionnel|tél pro|téléphone pro
      |téléphone bureau|tél domicile|gsm|ligne directe|numéro de contact|téléphone principal|téléphone privé|tél bureau
      |num téléphone|natel|cellulaire|téléphone personnel|whatsapp`,
    email: `courriel|e-mail|email|adresse e-mail|adresse email|adresse mail|mail|adresse électronique|mél
      |adresse courriel|courrier électronique|e-mail professionnel|e-mail personnel|mail pro|email pro|adresse mél`,
    street: `rue|adresse|adresse postale|numéro et rue|n° et rue|adresse 1|adresse ligne 1|voie|adresse du domicile
      |nom de la rue|nom de rue|numéro et nom de rue|adresse complète|n° et voie|numéro et voie|libellé voie|domicile`,
    houseNumber: 'numéro de rue|n° de rue|numéro de maison|n° voie|numéro de voie|n° maison|n° rue',
    apartmentNumber:
      'appartement|numéro d appartement|n° appartement|appt|complément d adresse|porte|bâtiment appartement',
    postalCode: 'code postal|cp|c p|npa|code postal domicile',
    city: 'ville|commune|localité|ville de résidence|nom de la commune|municipalité',
    region: 'région|département|canton|province|région département',
    country: 'pays|pays de résidence|code pays|nation',
    taxId:
      'numéro de tva|n° tva|tva intracommunautaire|numéro tva|n° tva intracommunautaire|numéro fiscal|tva|no tva|numéro de tva intracommunautaire',
    nationalId:
      'numéro de sécurité sociale|n° sécurité sociale|nir|n° de sécurité sociale|numéro insee|no avs|numéro avs|numéro national|n° ss',
    businessId: 'siren|siret|numéro siret|numéro siren|n° siret|n° siren|rcs',
    birthDate:
      'date de naissance|naissance|né le|née le|date naissance|ddn|né(e) le|date de naiss|date naiss|anniversaire',
    gender: 'sexe|genre|sexe h f|sexe m f',
    externalId: `numéro client|n° client|numéro de client|code client|id client|identifiant|identifiant client|référence
      |référence client|no client|numéro adhérent|n° adhérent|matricule|réf|réf client|identifiant externe|code adhérent`,
    website: 'site web|site internet|site|page web|adresse du site',
    language: 'langue|langue de correspondance|langue préférée',
    consentPhone:
      'consentement téléphone|accord téléphone|consentement téléphonique|accepte les appels|opt-in téléphone',
    consentEmail:
      'consentement e-mail|consentement email|accord e-mail|accepte les e-mails|opt-in e-mail|opt-in email|consentement courriel',
    notes:
      'notes|note|remarque|remarques|commentaire|commentaires|observations|observation|description|informations complémentaires|divers',
  },
  neutral: `client|du|de|la|le|les|des|numéro|n|no|num|personnel|professionnel|pro|privé|bureau|domicile|principal|contact
    |mobile|portable|fixe|adhérent|patient|élève|membre|actuel|obligatoire|facultatif|et|usuel`,
  foreign: `conseiller|commercial|agent|vendeur|représentant|gestionnaire|responsable|employé|père|mère|parent|parents
    |tuteur|conjoint|époux|épouse|enfant|enfants|jeune fille|naissance nom|urgence|livraison|fournisseur|destinataire
    |expéditeur|campagne|commande|facture|facturation|produit|article|contrat|police|offre|remise|promo|barres
    |étiquette|vérifié|domaine|opérateur|dernier|dernière|précédent|prochain|prochaine|date|heure|statut|type|catégorie
    |source|origine|nombre|total|somme|montant|prix|valeur|est|lieu|fax|télécopie|banque|iban|compte|mot|passe|utilisateur
    |ip|service|équipe|groupe|appel|appels|créé|création|modification|assurance|transporteur|magasin|marque|fichier`,
}
