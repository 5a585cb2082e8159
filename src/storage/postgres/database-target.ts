/**
 * Finds the way to the database that works now: which of several hosts, and with or without TLS. Each thread of the
 * service remembers the way that worked, and searches again once a connection on it is lost.
 */
import pg from 'pg'
import { clientEndMs, connectionMs } from '../../limits.ts'
import { type Attempt, type DatabaseAddress, readDatabaseUrl } from './database-url.ts'

/** No host can be used. Its SQLSTATE is that of a connection that could not be made, so callers treat it as one. */
export class NoHostError extends Error {
  readonly code = '08001'

  constructor(faults: readonly string[], cause: unknown) {
    super(faults.join('; '), { cause })
    this.name = 'NoHostError'
  }
}

const targets = new Map<string, DatabaseTarget>()

/** The target of a database URL: one for all connections of this thread. Throws `DatabaseUrlError`. */
export function targetOf(url: string): DatabaseTarget {
  const found = targets.get(url) ?? new DatabaseTarget(readDatabaseUrl(url))
  targets.set(url, found)
  return found
}

export class DatabaseTarget {
  readonly address: DatabaseAddress
  #working: Attempt | undefined
  #search: Promise<Attempt> | undefined

  constructor(address: DatabaseAddress) {
    this.address = address
  }

  /** The way that worked last, or else the first one: a client is made for it before the search has ended. */
  get likely(): Attempt {
    return this.#working ?? this.address.hosts[0]![0]!
  }

  /** Gives the way on which to open a connection now. Rejects with `NoHostError`, which says why each host failed. */
  async choose(): Promise<Attempt> {
    if (this.#working !== undefined) return this.#working
    this.#search ??= this.#find().finally(() => {
      this.#search = undefined
    })
    return this.#search
  }

  /** Connections call this when they were lost or could not be opened: the next `choose` searches again. */
  mistrust(attempt: Attempt): void {
    if (this.#working === attempt) this.#working = undefined
  }

  async #find(): Promise<Attempt> {
    const faults: string[] = []
    let cause: unknown
    for (const [place, ways] of this.address.hosts.entries()) {
      let told = ''
      for (const [index, attempt] of ways.entries()) {
        const isLast = place === this.address.hosts.length - 1 && index === ways.length - 1
        // The only way left needs no probe: opening the connection itself says what is wrong with it.
        if (isLast && !this.address.wantsPrimary) return this.#remember(attempt)
        const fault = await this.#try(attempt)
        if (fault === undefined) return this.#remember(attempt)
        cause = fault
        told = `${attempt.host}:${attempt.port}: ${fault.message || fault.code}`
        if (isRefusedLogin(fault)) throw new NoHostError([...faults, told], cause)
        if (!mayDependOnTls(fault)) break
      }
      faults.push(told)
    }
    throw new NoHostError(faults, cause)
  }

  #remember(attempt: Attempt): Attempt {
    this.#working = attempt
    return attempt
  }

  /** Probes a way by logging in once, and gives the fault it met. All hosts together take no longer than one connection may. */
  async #try(attempt: Attempt): Promise<Fault | undefined> {
    const { hosts, wantsPrimary } = this.address
    const ms = Math.ceil(connectionMs / (hosts.length + 1))
    const client = new pg.Client({
      ...attempt,
      application_name: 'contact-import probe',
      connectionTimeoutMillis: ms,
      query_timeout: ms,
    })
    client.on('error', () => {})
    try {
      await client.connect()
      if (!wantsPrimary || (await takesWrites(client))) return undefined
      return new Error(takesNoWrites)
    } catch (fault) {
      return fault as Fault
    } finally {
      const cut = setTimeout(() => client.connection.stream.destroy(), clientEndMs)
      void client.end().finally(() => clearTimeout(cut))
    }
  }
}

const takesNoWrites = 'takes no writes: it is a standby, or read-only by default'

type Fault = Error & { readonly code?: string }

/** Whether the server takes writes, as libpq judges it for `target_session_attrs=read-write`. */
async function takesWrites(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `select not pg_is_in_recovery() and not current_setting('default_transaction_read_only')::boolean as yes`,
  )
  return rows[0].yes
}

/** Whether the server refused the password: all hosts would refuse it, and may count each try against the role. */
function isRefusedLogin({ code }: Fault): boolean {
  return code === '28P01'
}

/** Whether the other choice of TLS may help. A network fault, a timeout and a standby are the same with and without TLS. */
function mayDependOnTls(fault: Fault): boolean {
  return !('syscall' in fault) && !/timeout/i.test(fault.message) && fault.message !== takesNoWrites
}
