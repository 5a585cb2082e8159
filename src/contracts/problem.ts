/** Errors on the wire: RFC 9457 problem details with a stable code. */
import { type Static, Type } from 'typebox'

/** No text for the users of a front end: it is in one language, and may change. */
export const Reason = Type.String({
  description:
    'in English, for the person who mends it: what the reader met in a file, or what is wrong with a token',
  examples: ['xl/worksheets/sheet1.xml: row 7: a cell of row 8'],
})

export const Problem = Type.Object(
  {
    type: Type.String({ description: 'URI reference of the kind of problem' }),
    title: Type.String({ description: 'in the language of Accept-Language (en, pl)' }),
    status: Type.Integer(),
    detail: Type.String({ description: 'what to correct, in the language of Accept-Language' }),
    code: Type.String({ description: 'stable, for programs', examples: ['file-not-xlsx'] }),
    reason: Type.Optional(Reason),
    instance: Type.Optional(Type.String({ description: 'the request id, as in the log' })),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'JSON Pointer (RFC 6901) into the request' }),
          code: Type.String(),
          detail: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem', additionalProperties: false },
)

export type Problem = Static<typeof Problem>
