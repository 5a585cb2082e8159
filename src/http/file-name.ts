/** Cleans file names that clients send, so that they can be stored and shown. The service opens no file by such a name. */
import { composeText } from '../contracts/normal-form.ts'
import { fileNameCharactersMax, fileNameUnitsMax } from '../limits.ts'

const fallbackName = 'upload.xlsx'

const extensionPattern = /\.[^.]{1,10}$/

/**
 * The last part of a path of any system, without control and direction-changing characters, in NFC, at most 255
 * characters with the extension kept; `upload.xlsx` when nothing is left.
 */
export function cleanFileName(name: string | undefined): string {
  const base = (name ?? '').split(/[\\/]/).at(-1) ?? ''
  const whole = cut(base, fileNameUnitsMax).toWellFormed()
  const clean = (composeText(whole, fileNameUnitsMax) ?? '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  return isVisible(clean) ? shorten(clean) : fallbackName
}

/** Whether there is something to see beside dots and the extension. */
function isVisible(name: string): boolean {
  return /[^.\p{Z}\p{Cf}]/u.test(name.replace(extensionPattern, ''))
}

/** The name in so many UTF-16 units at most, its extension kept. */
function cut(name: string, unitsMax: number): string {
  if (name.length <= unitsMax) return name
  const extension = extensionPattern.exec(name.slice(-unitsMax))?.[0] ?? ''
  return name.slice(0, unitsMax - extension.length) + extension
}

function shorten(name: string): string {
  const characters = [...name]
  if (characters.length <= fileNameCharactersMax) return name
  const extension = extensionPattern.exec(name)?.[0] ?? ''
  return characters.slice(0, fileNameCharactersMax - extension.length).join('') + extension
}
