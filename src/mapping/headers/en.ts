/** English column names. */
import type { HeaderWords } from './header-words.ts'

export const en: HeaderWords = {
  language: 'en',
  fields: {
    firstName: `first name|first|firstname|given name|given names|forename|forenames|fname|christian name|f name
      |customer first name|contact first name|first names`,
    lastName: `last name|last|lastname|surname|family name|lname|l name|second name surname|surnames
      |customer last name|contact last name`,
    fullName: `full name|name|contact name|contact person|contact|customer name|client name|person|person name
      |your name|names|first and last name|first name last name|last name first name|name surname|name and surname
      |surname and name|fullname|lead name|subscriber name|member name|patient name|student name|guest name`,
    title: 'salutation|prefix|honorific|name prefix|courtesy title|form of address|mr mrs',
    companyName: `company|company name|organization|organisation|organization name|organisation name|employer
      |business name|account name|business|firm|firm name|institution|company business name|legal name|trading name
      |company account|current company`,
    position: `position|job title|position title|role|job|title|occupation|profession|designation|job position
      |job role|function|current position|professional title`,
    phone: `phone|phone number|phone no|telephone|telephone number|telephone no|tel|tel no|tel number|mobile
      |mobile number|mobile no|mobile phone|mobile phone number|cell|cell phone|cellphone|cell number|cell no
      |cell phone number|contact number|contact no|contact phone|contact tel|phone primary|primary phone|home phone
      |work phone|business phone|office phone|office number|landline|landline number|main phone|direct dial
      |direct line|direct phone|direct number|ph|ph no|ph number|ph num|phone num|number to call|whatsapp
      |whatsapp number|whatsapp no|daytime phone|evening phone|day phone|msisdn|mob|mob no|mob number
      |telephone mobile|gsm|handphone|hp|personal phone|home telephone|work telephone|home number|work number
      |company phone|phone mobile|phone home|phone work|phone 1|mobile telephone|home tel|work tel|call number`,
    email: `e-mail|email|mail|e-mail address|email address|mail address|contact email|work email|primary email
      |main email|work email address|personal email|personal email address|business email|email id|e-mail id
      |mail id|customer email|home email|email primary|primary email address|company email|electronic mail|e mail 1
      |contact email address|email adress`,
    street: `street|street address|street name|address|address 1|address line 1|address line|home address
      |mailing address|postal address|residential address|street and number|street line 1|street 1|postal street
      |full address|billing street|mailing street|home street|business street|house number and street|addr|address1
      |home address street|physical address|business address`,
    houseNumber:
      'house number|house no|building number|building no|street number|street no|house|building',
    apartmentNumber: `apartment|apartment number|apt|apt no|flat|flat number|flat no|unit|unit number|suite|apt number
      |address line 2|address 2`,
    postalCode: `postal code|postcode|post code|zip|zip code|zipcode|postal|eircode|pincode|pin code|zip postal code
      |postal zip code|mailing zip|billing zip|zip postcode|post code zip|mailing postal code`,
    city: `city|town|town city|city town|locality|suburb|city name|home city|mailing city|post town|municipality
      |village|town or city|city of residence|billing city|business city`,
    region:
      'state|province|region|county|state province|voivodeship|state region|mailing state|district|state county',
    country: `country|country name|country region|country of residence|country code|home country|nation
      |mailing country|billing country`,
    taxId: `tax id|vat|vat id|vat no|vat number|vatin|tax number|tax no|tax identification number|tin|ein|gstin|gst
      |gst number|gst no|vat reg no|vat registration number|abn|taxpayer id|federal tax id|fein|tax id number|uen
      |vat registration no`,
    nationalId: `national id|national id number|personal id|personal identification number|social security number|ssn
      |national identification number|national insurance number|ni number|nino|nin|identity number|id card number
      |identity card number|citizen id|aadhaar|aadhar|id number|ppsn|pps number|personal number|aadhaar number`,
    businessId: `company number|company registration number|registration number|business id|company id
      |business registration number|company reg no|duns|duns number|company registration no`,
    birthDate: `date of birth|dob|d o b|birth date|birthday|birthdate|born|date birth|bday|birth day|born on`,
    gender: 'gender|sex|m f|gender m f|sex m f',
    externalId: `external id|id|customer id|customer number|customer no|client id|client number|client no|contact id
      |record id|external identifier|reference|account number|account no|account id|member id|membership number
      |membership no|member number|ref|ref no|reference number|reference no|crm id|customer ref|user id|person id
      |lead id|subscriber id|patient id|student id|customer code|unique id|external key|key|client ref|client code`,
    website:
      'website|web site|web|homepage|home page|website url|web page|www|company website|url|web address|site',
    language:
      'language|preferred language|spoken language|contact language|language preference|lang',
    consentPhone: `phone consent|consent phone|consent to call|consent to calls|call consent|phone opt in|ok to call
      |can call|may call|telephone consent|phone permission|consent phone calls|phone marketing consent`,
    consentEmail: `email consent|consent email|consent to email|email opt in|ok to email|newsletter consent
      |email marketing consent|consent to emails|email permission|can email|may email|consent e-mails`,
    notes: `notes|note|comment|comments|remark|remarks|description|additional information|additional info|memo
      |further information|other information|other info|additional notes|customer notes|general notes|misc`,
  },
  neutral: `address 1|customer|client|contact|person|number|no|nr|num|address|primary|main|work|home|private|personal|business
    |office|mobile|cell|your|current|new|preferred|value|my|own|best|daytime|evening|direct|the|of|for|to|required
    |optional|patient|buyer|student|member|subscriber|lead|line|company|residential|mailing|billing|postal`,
  foreign: `advisor|adviser|agent|rep|representative|salesperson|salesman|sales|manager|owner|assistant|consultant
    |referrer|referred|referral|emergency|parent|guardian|father|mother|spouse|wife|husband|child|children|maiden
    |middle|partner|recipient|sender|shipping|delivery|supplier|vendor|courier|campaign|order|invoice|product|item
    |contract|policy|offer|deal|discount|coupon|promo|barcode|label|display|verified|verification|bounced|domain
    |carrier|provider|operator|last|previous|next|date|time|status|type|kind|category|source|count|total|sum|amount
    |price|value of|revenue|is|has|do|not|dnc|opt|consent|unsubscribed|subscribed|call|called|calls|mac|ip|url|link
    |password|username|login|nickname|fax|bank|iban|swift|account manager|team|department|group|segment|tag|tags
    |created|updated|modified|added|of birth place|birthplace|birth|place|event|venue|destination|hidden|version
    |score|rating|size|industry|employees|latitude|longitude|photo|picture|phonetic|file as|twitter|facebook
    |linkedin|instagram|skype|quality|valid|validity|confidence|hash|extension|ext|timezone|zone|format`,
}
