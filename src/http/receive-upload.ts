/**
 * Takes one multipart upload (RFC 7578) apart: a part `file`, which it spools while it arrives, and optional parts
 * `name`, `mapping`, `template` or `corrects`, and `start` before or after it. When anything goes wrong, it removes the spooled file
 * before it throws. It knows nothing of sheets: the import service judges the file.
 */
import type { Multipart, MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Check } from 'typebox/value'
import { ImportName } from '../contracts/import.ts'
import type { MappingRequest } from '../contracts/mapping.ts'
import { isStorableText, lineOfTextPattern, uuidPattern } from '../contracts/schema.ts'
import type { ImportService, SpooledFile } from '../contracts/services.ts'
import { AppError } from '../errors.ts'
import {
  importNameCharactersMax,
  templateNameCharactersMax,
  uploadFieldBytesMax,
  uploadFormBytesMax,
  uploadPartsMax,
} from '../limits.ts'
import { watchPace } from './body-pace.ts'
import { cleanFileName } from './file-name.ts'
import type { HttpLimits } from './http-limits.ts'
import {
  correctsBesideMapping,
  correctsUnreadable,
  readMappingPart,
  startUnknown,
  startWithoutMapping,
  templateBesideMapping,
} from './upload-mapping.ts'
import {
  unreadableText,
  unstorableText,
  ValidationError,
  type ValidationFault,
} from './validation.ts'

export interface ReceivedUpload extends AsyncDisposable {
  readonly file: SpooledFile
  readonly fileName: string
  readonly name?: string
  readonly mapping?: MappingRequest
  /** Whether the mapping came in a part of its own, so that the pointers of its faults begin with `/mapping`. */
  readonly hasMappingPart: boolean
  readonly start: boolean
  /** the import whose rows it corrects, by the part of that name */
  readonly corrects?: string
}

export interface UploadOptions {
  readonly spool: ImportService['spool']
  readonly limits: HttpLimits
  /** aborts when the client is gone, or the server closes */
  readonly signal: AbortSignal
}

const lineOfText = new RegExp(lineOfTextPattern, 'u')

/**
 * Receives the upload of `request`; the caller disposes of it. Throws `media-type-unsupported`, `file-missing`,
 * `file-twice`, `file-too-large`, `request-timeout`, `upload-malformed`, or a `ValidationError` for a part.
 */
export async function receiveUpload(
  request: FastifyRequest,
  options: UploadOptions,
): Promise<ReceivedUpload> {
  const { limits } = options
  if (!request.isMultipart()) {
    throw new AppError('media-type-unsupported', { expected: 'multipart/form-data' })
  }
  if (Number(request.headers['content-length']) > limits.uploadBytesMax + uploadFormBytesMax) {
    throw new AppError('file-too-large', { bytesMax: limits.uploadBytesMax })
  }
  const stalled = new AbortController()
  const pace = { idleMs: limits.uploadIdleMs, bytesPerSecondMin: limits.uploadBytesPerSecondMin }
  using _watch = watchPace(request.raw, pace, () => stalled.abort(new AppError('request-timeout')))
  const signal = AbortSignal.any([stalled.signal, options.signal])
  await using received = new AsyncDisposableStack()
  const form = await readForm(request, { ...options, signal }, received)
  if (!form.file) throw new AppError('file-missing')
  const mapping = mappingOf(form)
  const kept = received.move()
  return {
    file: form.file,
    fileName: form.fileName,
    ...(form.name !== undefined && { name: form.name }),
    ...mapping,
    ...(form.corrects !== undefined && { corrects: form.corrects }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

interface Form {
  file?: SpooledFile
  fileName: string
  name?: string
  mapping?: MappingRequest
  template?: string
  start?: boolean
  corrects?: string
  /** names of the text parts that came with a value */
  readonly seen: Set<string>
}

/** What a form says about the mapping and the start. Throws when its parts contradict each other. */
function mappingOf({ mapping, template, corrects, start = false }: Form) {
  if (mapping !== undefined && template !== undefined) {
    throw new ValidationError('body', [templateBesideMapping])
  }
  if (corrects !== undefined && (mapping !== undefined || template !== undefined)) {
    throw new ValidationError('body', [correctsBesideMapping])
  }
  if (start && mapping === undefined && template === undefined && corrects === undefined) {
    throw new ValidationError('body', [startWithoutMapping])
  }
  const said = mapping ?? (template === undefined ? undefined : { template })
  return {
    ...(said !== undefined && { mapping: said }),
    hasMappingPart: mapping !== undefined,
    start,
  }
}

/** Reads all parts; `received` owns the spooled file from the moment it exists. */
async function readForm(
  request: FastifyRequest,
  options: UploadOptions,
  received: AsyncDisposableStack,
): Promise<Form> {
  const form: Form = { fileName: '', seen: new Set() }
  for await (const part of readParts(request, options)) {
    if (part.type === 'field') {
      readField(form, part)
    } else if (part.fieldname === 'mapping' && form.mapping === undefined) {
      const mapping = await readMappingPart(readFile(part, options))
      if (mapping !== undefined) form.mapping = mapping
    } else {
      refuseFile(form, part)
      form.fileName = cleanFileName(part.filename)
      form.file = received.use(await options.spool(readFile(part, options)))
      // A form sends a nameless part without bytes when nobody chose a file.
      if (!part.filename && form.file.sizeBytes === 0) throw new AppError('file-missing')
    }
  }
  return form
}

/** The parts as they arrive. `signal` ends the wait for the next one. Throws `upload-malformed` for a broken body. */
async function* readParts(
  request: FastifyRequest,
  { limits, signal }: UploadOptions,
): AsyncGenerator<Multipart> {
  const parts = request.parts({
    isPartAFile,
    // One byte above the cap, so that the spool sees that byte and refuses the file.
    limits: {
      parts: uploadPartsMax,
      fileSize: limits.uploadBytesMax + 1,
      fieldSize: uploadFieldBytesMax,
    },
  })
  const aborted = Promise.withResolvers<never>()
  aborted.promise.catch(() => {})
  const onAbort = () => aborted.reject(signal.reason)
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort)
  try {
    for (;;) {
      const next = await Promise.race([parts.next(), aborted.promise])
      if (next.done) return
      yield next.value
    }
  } catch (cause) {
    throw blameUpload(cause)
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

async function* readFile(
  part: MultipartFile,
  { limits, signal }: UploadOptions,
): AsyncGenerator<Uint8Array> {
  const onAbort = () => part.file.destroy(blameUpload(signal.reason))
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort)
  try {
    for await (const chunk of part.file) yield chunk
  } catch (cause) {
    throw blameUpload(cause)
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
  // The parser ends a file that is over its limit as if it were complete.
  if (part.file.truncated) throw new AppError('file-too-large', { bytesMax: limits.uploadBytesMax })
}

/** The service reads the parts `file` and `mapping` as bytes, whatever headers they have, even without a file name. */
function isPartAFile(name?: string, mediaType?: string, fileName?: string): boolean {
  return (
    name === 'file' ||
    name === 'mapping' ||
    fileName !== undefined ||
    mediaType === 'application/octet-stream'
  )
}

function blameUpload(cause: unknown): AppError | ValidationError {
  if (cause instanceof AppError || cause instanceof ValidationError) return cause
  return new AppError('upload-malformed', {}, { cause })
}

function refuseFile(form: Form, part: MultipartFile): void {
  if (part.fieldname === 'file' && !form.file) return
  part.file.destroy()
  if (part.fieldname === 'file') throw new AppError('file-twice')
  throw unknownPart(part.fieldname)
}

function readField(form: Form, part: Exclude<Multipart, MultipartFile>): void {
  const { fieldname, value } = part
  const read = fieldReaders[fieldname as keyof typeof fieldReaders]
  if (!Object.hasOwn(fieldReaders, fieldname) || form.seen.has(fieldname)) {
    throw unknownPart(fieldname)
  }
  // The parser of multipart gives a part of type JSON as a parsed value, which is no text.
  const isWhole = typeof value === 'string' && !part.valueTruncated
  const text = isWhole ? value.trim() : undefined
  // The parser replaces bytes that are no UTF-8 by this character.
  if (text !== undefined && (!isStorableText(text) || text.includes('\ufffd'))) {
    throw new ValidationError('body', [unstorableText(`/${fieldname}`)])
  }
  // A form sends an empty field for an input that the person left empty: that sets nothing.
  if (text === '') return
  form.seen.add(fieldname)
  read(form, text)
}

/** Readers of the parts that are texts. They get undefined for a part that is no text, or too long for any of them. */
const fieldReaders = {
  name: readName,
  template: readTemplate,
  start: readStart,
  corrects: readCorrects,
}

function readTemplate(form: Form, template: string | undefined): void {
  if (template === undefined || [...template].length > templateNameCharactersMax) {
    throw new ValidationError('body', [textTooLong('/template', templateNameCharactersMax)])
  }
  form.template = template
}

function readStart(form: Form, start: string | undefined): void {
  if (start !== 'true' && start !== 'false') throw new ValidationError('body', [startUnknown])
  form.start = start === 'true'
}

function readCorrects(form: Form, corrects: string | undefined): void {
  if (corrects === undefined || !uuidPattern.test(corrects)) {
    throw new ValidationError('body', [correctsUnreadable])
  }
  form.corrects = corrects.toLowerCase()
}

function readName(form: Form, name: string | undefined): void {
  if (name === undefined) throw nameInvalid(nameTooLong)
  if (!lineOfText.test(name)) throw nameInvalid(unreadableText)
  if (!Check(ImportName, name)) throw nameInvalid(nameTooLong)
  form.name = name
}

function nameInvalid(describe: (pointer: string) => ValidationFault): ValidationError {
  return new ValidationError('body', [describe('/name')])
}

function nameTooLong(pointer: string): ValidationFault {
  return textTooLong(pointer, importNameCharactersMax)
}

function textTooLong(pointer: string, charactersMax: number): ValidationFault {
  return {
    pointer,
    code: 'max-length',
    detail: {
      en: `must be a text of at most ${charactersMax} characters`,
      pl: `musi być tekstem o długości najwyżej ${charactersMax} znaków`,
    },
  }
}

function unknownPart(fieldName: string): ValidationError {
  return new ValidationError('body', [
    {
      pointer: `/${fieldName.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      code: 'additional-properties',
      detail: {
        en: 'is no part of an upload, or comes twice: send one "file", and at most one "name", one "mapping", "template" or "corrects", and one "start"',
        pl: 'nie jest częścią przesyłania albo się powtarza: wyślij jedną część "file" oraz najwyżej jedną "name", jedną "mapping", "template" albo "corrects" i jedną "start"',
      },
    },
  ])
}
