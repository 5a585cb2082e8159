/** Owns certificates of tests, made by openssl: for 127.0.0.1 and localhost, each signed by itself, valid for a day. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureOpenssl } from './provision.ts'

export interface Certificate {
  readonly cert: string
  readonly key: string
}

export function makeCertificate(folder: string, name: string): Certificate {
  const [cert, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)] as const
  execFileSync(
    ensureOpenssl(),
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${name}`],
      ...['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost', '-keyout', key, '-out', cert],
    ],
    { stdio: 'pipe' },
  )
  return { cert, key }
}
