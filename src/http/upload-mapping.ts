/** Reads the parts of an upload that map and start it in the same call. */
import { MappingRequest } from '../contracts/mapping.ts'
import { ref } from '../contracts/schema.ts'
import { AppError } from '../errors.ts'
import { uploadMappingBytesMax } from '../limits.ts'
import { parseJson } from './json-body.ts'
import { compileValidator, ValidationError, type ValidationFault } from './validation.ts'

const validate = compileValidator({
  schema: ref(MappingRequest),
  method: 'POST',
  url: '/imports',
  httpPart: 'body',
})

/** The pointer of every fault of the mapping begins with this. */
export const mappingPointer = '/mapping'

/**
 * Reads the mapping of a part; undefined for an empty one. Throws the faults that the body of `PUT …/mapping` would have,
 * with pointers below `/mapping`.
 */
export async function readMappingPart(
  chunks: AsyncIterable<Uint8Array>,
): Promise<MappingRequest | undefined> {
  const read: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > uploadMappingBytesMax) throw new ValidationError('body', [mappingTooLarge])
    read.push(chunk)
  }
  if (bytes === 0) return undefined
  try {
    return inItsForm(parseJson(Buffer.concat(read)))
  } catch (error) {
    throw pointBelow(mappingPointer, error)
  }
}

/** Checks the form of a mapping. Whether it fits the sheet is checked when the sheet is known. */
function inItsForm(value: unknown): MappingRequest {
  const judged = validate(value) as { value?: MappingRequest; error?: Error }
  if (judged.error) throw judged.error
  return judged.value!
}

/** The same error, with `pointer` put before the pointer of each of its faults. */
export function pointBelow(pointer: string, error: unknown): unknown {
  if (error instanceof ValidationError) {
    const faults = error.faults.map(fault => ({ ...fault, pointer: pointer + fault.pointer }))
    return new ValidationError(error.part, faults)
  }
  if (!(error instanceof AppError) || error.items.length === 0) return error
  const items = error.items.map(item => ({ ...item, pointer: pointer + item.pointer }))
  return new AppError(error.code, error.data, { items, cause: error })
}

const mappingTooLarge: ValidationFault = {
  pointer: mappingPointer,
  code: 'max-length',
  detail: {
    en: `must be at most ${uploadMappingBytesMax} bytes; set a larger mapping by PUT after the upload`,
    pl: `może mieć najwyżej ${uploadMappingBytesMax} B; większe mapowanie ustaw przez PUT po przesłaniu pliku`,
  },
}

/** The faults of parts that do not go together. */
export const startWithoutMapping: ValidationFault = {
  pointer: '/start',
  code: 'mapping-missing',
  detail: {
    en: 'needs a part "mapping", "template" or "corrects"',
    pl: 'wymaga części "mapping", "template" albo "corrects"',
  },
}

export const templateBesideMapping: ValidationFault = {
  pointer: '/template',
  code: 'template-beside-mapping',
  detail: {
    en: 'must not come beside "mapping", which names a template itself',
    pl: 'nie może wystąpić obok "mapping", które samo wskazuje szablon',
  },
}

export const correctsBesideMapping: ValidationFault = {
  pointer: '/corrects',
  code: 'corrects-beside-mapping',
  detail: {
    en: 'must not come beside "mapping" or "template": a correction is mapped as its import',
    pl: 'nie może wystąpić obok "mapping" ani "template": poprawka ma mapowanie swojego importu',
  },
}

export const correctsUnreadable: ValidationFault = {
  pointer: '/corrects',
  code: 'format',
  detail: { en: 'must be the id of an import', pl: 'musi być identyfikatorem importu' },
}

export const startUnknown: ValidationFault = {
  pointer: '/start',
  code: 'enum',
  detail: { en: 'must be "true" or "false"', pl: 'musi mieć wartość "true" albo "false"' },
}
