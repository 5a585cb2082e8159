/** Custom fields of contacts: those that a tenant makes beside the built-in ones. */
import { type Static, Type } from 'typebox'
import {
  choiceCharactersMax,
  choicesMax,
  customFieldKeyCharactersMax,
  fieldLabelCharactersMax,
} from '../limits.ts'
import { lineOfText } from './schema.ts'

export const customFieldTypes = Object.freeze([
  'text',
  'phone',
  'email',
  'date',
  'number',
  'boolean',
  'choice',
] as const)

/** Also the kind that reads the values of the field. */
export type CustomFieldType = (typeof customFieldTypes)[number]

export const customFieldKeyPattern = '^[a-z][A-Za-z0-9_-]*$'

export const CustomFieldKey = Type.String({
  minLength: 1,
  maxLength: customFieldKeyCharactersMax,
  pattern: customFieldKeyPattern,
  description:
    'begins with a small letter; letters, digits, _ and - follow. Mappings and searches name the field `field.KEY`',
  examples: ['segment'],
})

export const customFieldType = Type.Unsafe<CustomFieldType>({
  type: 'string',
  enum: [...customFieldTypes],
})

const label = lineOfText(fieldLabelCharactersMax)

export const FieldLabels = Type.Object(
  { en: label, pl: label },
  { $id: 'FieldLabels', additionalProperties: false },
)

const choiceValue = lineOfText(choiceCharactersMax)

export const FieldChoice = Type.Object(
  {
    value: choiceValue,
    labels: Type.Object({ en: label, pl: label }, { additionalProperties: false }),
  },
  { $id: 'FieldChoice', additionalProperties: false },
)

const choices = Type.Array(
  Type.Union([
    choiceValue,
    Type.Object(
      {
        value: choiceValue,
        labels: Type.Optional(
          Type.Object({ en: label, pl: label }, { additionalProperties: false }),
        ),
      },
      { additionalProperties: false },
    ),
  ]),
  {
    maxItems: choicesMax,
    description:
      'of a field of the type `choice` alone: its values, each with the names that people give it. A text is a value ' +
      'that is its own name',
    examples: [['gold', { value: 'silver', labels: { en: 'Silver', pl: 'Srebrny' } }]],
  },
)

const required = Type.Boolean({
  description:
    'true: every mapping has a column for the field, and a row without a valid value is rejected; default false',
})

export const ContactFieldCreation = Type.Object(
  {
    key: CustomFieldKey,
    type: customFieldType,
    labels: Type.Object({ en: label, pl: label }, { additionalProperties: false }),
    choices: Type.Optional(choices),
    required: Type.Optional(required),
  },
  { $id: 'ContactFieldCreation', additionalProperties: false },
)

export const ContactFieldChange = Type.Object(
  {
    labels: Type.Optional(Type.Object({ en: label, pl: label }, { additionalProperties: false })),
    choices: Type.Optional(choices),
    required: Type.Optional(required),
  },
  {
    $id: 'ContactFieldChange',
    additionalProperties: false,
    minProperties: 1,
    description: 'What is left out stays. Key and type of a field never change.',
  },
)

export const ContactFieldUsage = Type.Object(
  {
    key: Type.String(),
    contacts: Type.Integer({ minimum: 0, description: 'contacts that hold a value of the field' }),
  },
  { $id: 'ContactFieldUsage', additionalProperties: false },
)

export type ContactFieldCreation = Static<typeof ContactFieldCreation>
export type ContactFieldChange = Static<typeof ContactFieldChange>
export type ContactFieldUsage = Static<typeof ContactFieldUsage>
