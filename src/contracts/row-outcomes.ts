/** What became of each row of an import, and whether all that is there is what was counted. */
import { type Static, Type } from 'typebox'
import { namedRowsMax } from '../limits.ts'
import { repairRefusals } from './corrections.ts'
import { ImportStatusSchema } from './import.ts'
import { rowIssueCodes } from './row-issues.ts'
import { RowLedger } from './run-state.ts'
import { DecimalId, nullable } from './schema.ts'

export const rowOutcomes = ['created', 'updated', 'skipped', 'rejected', 'pending'] as const

export type RowOutcomeName = (typeof rowOutcomes)[number]

export const RowOutcome = Type.Object(
  {
    row: Type.Integer({ minimum: 1, description: 'row of the sheet' }),
    outcome: Type.Unsafe<RowOutcomeName>({
      type: 'string',
      enum: [...rowOutcomes],
      description:
        'skipped: no mapped column holds a value, the mapping leaves the row out, or nobody wants it · pending: the row has not been reached',
    }),
    contactId: Type.Optional(
      Type.Unsafe<string>({
        ...DecimalId,
        description: 'the contact of the row; not there once that contact is gone',
      }),
    ),
    codes: Type.Array(Type.String(), {
      description:
        'why cells of the row were refused, each code once, in the order of columns; of a row of a correction that ' +
        `repairs nothing, why: ${repairRefusals.join(', ')}`,
      examples: [[rowIssueCodes[0]]],
    }),
  },
  { $id: 'RowOutcome', additionalProperties: false },
)

export const verdicts = ['ok', 'failed', 'interim'] as const

export type Verdict = (typeof verdicts)[number]

const Count = Type.Integer({ minimum: 0 })

const blanked = Type.Integer({ minimum: 0, description: 'cells that rows came in without' })

const RowNumbers = (description: string) =>
  Type.Array(Type.Integer({ minimum: 1 }), { maxItems: namedRowsMax, description })

export const Reconciliation = Type.Object(
  {
    verdict: Type.Unsafe<Verdict>({
      type: 'string',
      enum: [...verdicts],
      description:
        'ok: the import is completed, and each row is accounted for exactly once · failed: something is missing, surplus ' +
        'or counted otherwise · interim: nothing is wrong so far, and not all is known yet',
    }),
    status: ImportStatusSchema,
    ledger: Type.Object(
      { ...RowLedger.properties, blanked },
      { additionalProperties: false, description: 'as the import tells it' },
    ),
    counted: Type.Object(
      {
        total: nullable(
          Type.Integer({
            minimum: 0,
            description: 'rows that the file holds behind its header row; null before it is mapped',
          }),
        ),
        processed: Type.Integer({
          minimum: 0,
          description:
            'rows that were recounted: all that the import had reached when it was asked',
        }),
        created: Type.Integer({ minimum: 0, description: 'contacts' }),
        updated: Type.Integer({
          minimum: 0,
          description: 'of a correction: rows whose contact got missing values',
        }),
        skipped: Count,
        rejected: Type.Integer({
          minimum: 0,
          description: 'rows that a refused cell kept out',
        }),
        unknown: Type.Integer({
          minimum: 0,
          description:
            'rows without a contact or a refused cell of batches that an earlier release wrote, which did not keep what they skipped',
        }),
        blanked,
      },
      { additionalProperties: false, description: 'as the tables and the file have it' },
    ),
    missing: Count,
    surplus: Count,
    missingRows: RowNumbers(
      'rows that were imported and are neither a contact nor rejected nor skipped, the first of them',
    ),
    surplusRows: RowNumbers(
      'rows that are more than one of these, or are there without having been reached, the first of them',
    ),
  },
  { $id: 'Reconciliation', additionalProperties: false },
)

export type RowOutcome = Static<typeof RowOutcome>
export type Reconciliation = Static<typeof Reconciliation>
