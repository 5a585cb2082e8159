/** `choice`: one of the values that the field lists, written as the value or as one of its names. */
import { choiceCharactersMax } from '../../limits.ts'
import { prepareChoiceNormaliser } from '../normalise/choice.ts'
import type { FieldKind } from './field-kind.ts'

export const choiceKind: FieldKind = {
  name: 'choice',
  sqlType: 'text',
  lengthMax: choiceCharactersMax,
  emptyWords: 'unread',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare({ choices = [] }) {
    return prepareChoiceNormaliser(choices)
  },
}
