/**
 * Reads variables of an environment one by one, and keeps what is wrong with them: one line for each fault, and
 * for each name that is nearly one of ours. It knows no variable: `config.ts` names them.
 */
import { readFileSync } from 'node:fs'

export type Environment = Readonly<Record<string, string | undefined>>

export class ConfigError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.name = 'ConfigError'
    this.faults = faults
  }
}

export class EnvironmentReader {
  readonly #environment: Environment
  readonly #faults: string[] = []
  readonly #names = new Set<string>()

  constructor(environment: Environment) {
    this.#environment = environment
  }

  fault(message: string): void {
    this.#faults.push(message)
  }

  /** Throws `ConfigError` when anything was wrong; call it when everything was read. */
  finish(): void {
    if (this.#faults.length > 0) throw new ConfigError([...this.#faults, ...this.warnings()])
  }

  /** A line for each variable that is set and one letter off one that was read. */
  warnings(): readonly string[] {
    return Object.keys(this.#environment).flatMap(name => {
      if (this.#names.has(name)) return []
      const meant = [...this.#names].find(known => isOneLetterOff(name, known))
      return meant === undefined ? [] : [`${name} is set and means nothing: is ${meant} meant?`]
    })
  }

  /** An empty variable counts as unset. */
  text(name: string): string | undefined {
    this.#names.add(name)
    return this.#environment[name]?.trim() || undefined
  }

  /** A value that may stand in a file instead, which `<name>_FILE` names, as orchestrators hand out secrets. */
  secret(name: string): string | undefined {
    const value = this.text(name)
    const path = this.text(`${name}_FILE`)
    if (path === undefined) return value
    if (value !== undefined) this.fault(`${name} and ${name}_FILE are both set: keep one of them`)
    const content = this.#read(`${name}_FILE`, path)
    if (content === '') this.fault(`${name}_FILE names ${path}, which is empty`)
    return content || undefined
  }

  /** The path of a file that can be read now; its content is read when it is used. */
  file(name: string): string | undefined {
    const path = this.text(name)
    if (path !== undefined) this.#read(name, path)
    return path
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name)
    if (text === undefined) return fallback
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= min && value <= max) return value
    this.fault(`${name} is "${text}": use a whole number from ${min} to ${max}`)
    return fallback
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const text = this.text(name)
    if (text === undefined) return fallback
    const found = choices.find(choice => choice === text)
    if (found !== undefined) return found
    this.fault(`${name} is "${text}": use one of ${choices.join(', ')}`)
    return fallback
  }

  accepted(
    name: string,
    isRight: (text: string) => boolean,
    fallback: string,
    expected: string,
  ): string {
    const text = this.text(name)
    if (text === undefined) return fallback
    if (isRight(text)) return text
    this.fault(`${name} is "${text}": use ${expected}`)
    return fallback
  }

  /** The value itself is not repeated in a fault: it may carry a password. */
  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text
    this.fault(`${name} is not a URL that starts with ${protocols.map(p => `${p}//`).join(' or ')}`)
    return undefined
  }

  #read(name: string, path: string): string | undefined {
    try {
      return readFileSync(path, 'utf8').trim()
    } catch (fault) {
      const { code } = fault as NodeJS.ErrnoException
      this.fault(`${name} names ${path}, which cannot be read (${code})`)
      return undefined
    }
  }
}

/** One letter too many, too few or another, or two neighbours that changed places. */
export function isOneLetterOff(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > 1) return false
  let at = 0
  while (at < name.length && name[at] === known[at]) at += 1
  const rest = name.slice(at)
  const wanted = known.slice(at)
  const isSwapped = rest[0] === wanted[1] && rest[1] === wanted[0]
  return (
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    rest.slice(1) === wanted.slice(1) ||
    (isSwapped && rest.slice(2) === wanted.slice(2))
  )
}
