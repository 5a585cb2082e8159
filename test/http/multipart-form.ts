/** Multipart bodies written by hand, to be cut and bent by tests. */

export const boundary = 'xxBOUNDARYxx'

export interface Part {
  readonly name: string
  readonly fileName?: string
  readonly value: string | Buffer
  /** in place of the usual header */
  readonly disposition?: string
}

export function encodePart({ name, fileName, value, disposition }: Part): Buffer {
  const header =
    disposition ??
    `form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}`
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-disposition: ${header}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ])
}

export function encodeForm(...parts: Part[]): Buffer {
  return Buffer.concat([...parts.map(encodePart), Buffer.from(`--${boundary}--\r\n`)])
}

/** The usual file part. */
export const file: Part = { name: 'file', fileName: 'Klienci.xlsx', value: 'the bytes of a sheet' }
