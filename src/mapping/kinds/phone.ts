/** `phone`: a number that can be called, in E.164. */
import { wordList } from '../header-synonyms.ts'
import { preparePhoneNormaliser } from '../normalise/phone.ts'
import type { FieldKind } from './field-kind.ts'

export const phoneKind: FieldKind = {
  name: 'phone',
  sqlType: 'text',
  /** '+' and the 15 digits of ITU-T E.164. */
  lengthMax: 16,
  reaches: true,
  isFamily: true,
  headers: wordList(`telefon|tel|numer telefonu|nr telefonu|numer tel|nr tel|telefon kontaktowy
    |tel kontaktowy|numer kontaktowy|telefon komorkowy|tel komorkowy|tel kom|komorka|kom|komorkowy
    |nr komorki|numer komorki|numer komorkowy|telefon glowny|telefon stacjonarny|tel stacjonarny
    |tel stac|telefon domowy|telefon sluzbowy|telefon prywatny|phone|phone number|phone no
    |telephone|telephone number|telephone no|tel no|tel number|mobile|mobile phone|mobile number
    |mobile no|cell|cell phone|cellphone|contact number|contact phone|home phone|work phone
    |business phone|office phone|primary phone|main phone|landline|msisdn`),
  prepare(_field, setting) {
    return preparePhoneNormaliser(setting.region)
  },
}
