/**
 * Takes one multipart upload (RFC 7578) apart: a part `file`, spooled while it arrives, and an optional part
 * `name` before or after it. Whatever goes wrong, the spooled file is disposed of before the error leaves.
 * It knows nothing of sheets: the import service judges the file.
 */
import type { Multipart, MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Check } from 'typebox/value'
import { ImportName } from '../contracts/import.ts'
import { isStorableText, lineOfTextPattern } from '../contracts/schema.ts'
import type { ImportService, SpooledFile } from '../contracts/services.ts'
import { AppError } from '../errors.ts'
import {
  importNameCharactersMax,
  uploadFieldBytesMax,
  uploadFormBytesMax,
  uploadPartsMax,
} from '../limits.ts'
import { watchPace } from './body-pace.ts'
import { cleanFileName } from './file-name.ts'
import type { HttpLimits } from './http-limits.ts'
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
}

export interface UploadOptions {
  readonly spool: ImportService['spool']
  readonly limits: HttpLimits
  /** aborts when the client is gone, or the server closes */
  readonly signal: AbortSignal
}

const lineOfText = new RegExp(lineOfTextPattern, 'u')

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
  const kept = received.move()
  return {
    file: form.file,
    fileName: form.fileName,
    ...(form.name !== undefined && { name: form.name }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

interface Form {
  file?: SpooledFile
  fileName: string
  name?: string
}

/** Reads all parts; `received` owns the spooled file from the moment it exists. */
async function readForm(
  request: FastifyRequest,
  options: UploadOptions,
  received: AsyncDisposableStack,
): Promise<Form> {
  const form: Form = { fileName: '' }
  for await (const part of readParts(request, options)) {
    if (part.type === 'field') {
      readField(form, part)
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

/** The parts as they arrive. `signal` ends the wait for one; a body that cannot be parsed is `upload-malformed`. */
async function* readParts(
  request: FastifyRequest,
  { limits, signal }: UploadOptions,
): AsyncGenerator<Multipart> {
  const parts = request.parts({
    isPartAFile,
    // One byte above the cap, so that the spool meets it and refuses.
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

/** The part `file` is a file under whatever header, also without a file name of its own. */
function isPartAFile(name?: string, mediaType?: string, fileName?: string): boolean {
  return name === 'file' || fileName !== undefined || mediaType === 'application/octet-stream'
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
  if (part.fieldname !== 'name' || form.name !== undefined) throw unknownPart(part.fieldname)
  if (typeof part.value !== 'string' || part.valueTruncated) throw nameInvalid(nameTooLong)
  const name = part.value.trim()
  // Bytes that are no UTF-8 arrive as this character.
  if (!isStorableText(name) || name.includes('\ufffd')) throw nameInvalid(unstorableText)
  // A form sends an empty field for an input that was left empty: the file gives the name.
  if (name === '') return
  if (!lineOfText.test(name)) throw nameInvalid(unreadableText)
  if (!Check(ImportName, name)) throw nameInvalid(nameTooLong)
  form.name = name
}

function nameInvalid(describe: (pointer: string) => ValidationFault): ValidationError {
  return new ValidationError('body', [describe('/name')])
}

function nameTooLong(pointer: string): ValidationFault {
  return {
    pointer,
    code: 'max-length',
    detail: {
      en: `must be a text of at most ${importNameCharactersMax} characters`,
      pl: `musi być tekstem o długości najwyżej ${importNameCharactersMax} znaków`,
    },
  }
}

function unknownPart(fieldName: string): ValidationError {
  return new ValidationError('body', [
    {
      pointer: `/${fieldName.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      code: 'additional-properties',
      detail: {
        en: 'is no part of an upload: send one "file" and at most one "name"',
        pl: 'nie jest częścią przesyłania: wyślij jedną część "file" i najwyżej jedną "name"',
      },
    },
  ])
}
