/**
 * Owns what a broker of an operator trusts: an operator, its accounts and a user, as tokens signed by nkeys, and the
 * credentials file that `nsc` would write for the user.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createAccount, createOperator, createUser, type KeyPair } from '@nats-io/nkeys'

export interface BrokerOfOperator {
  /** for nats-server */
  readonly configuration: string
  /** the content of a credentials file */
  readonly creds: string
}

export function makeOperator(): BrokerOfOperator {
  const [operator, account, system, user] = [
    createOperator(),
    createAccount(),
    createAccount(),
    createUser(),
  ]
  const limits = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, conn: -1, leaf: -1 }
  const storage = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 }
  const accountToken = sign(operator, account, {
    type: 'account',
    limits: { ...limits, ...storage, wildcards: true },
  })
  const systemToken = sign(operator, system, { type: 'account', limits })
  const operatorToken = sign(operator, operator, { type: 'operator' })
  const userToken = sign(account, user, {
    type: 'user',
    pub: {},
    sub: {},
    subs: -1,
    data: -1,
    payload: -1,
  })
  return {
    configuration: `
      authorization: {}
      operator: ${operatorToken}
      system_account: ${system.getPublicKey()}
      resolver: MEMORY
      resolver_preload: {
        ${account.getPublicKey()}: ${accountToken}
        ${system.getPublicKey()}: ${systemToken}
      }`,
    creds: [
      '-----BEGIN NATS USER JWT-----',
      userToken,
      '------END NATS USER JWT------',
      '-----BEGIN USER NKEY SEED-----',
      new TextDecoder().decode(user.getSeed()),
      '------END USER NKEY SEED------',
      '',
    ].join('\n'),
  }
}

/** A token of the second version of the format, about `subject`. */
function sign(issuer: KeyPair, subject: KeyPair, nats: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const claims = {
    jti: createHash('sha256').update(randomUUID()).digest('hex'),
    iat: Math.floor(Date.now() / 1000),
    iss: issuer.getPublicKey(),
    sub: subject.getPublicKey(),
    name: subject.getPublicKey(),
    nats: { version: 2, ...nats },
  }
  const signed = `${encode({ typ: 'JWT', alg: 'ed25519-nkey' })}.${encode(claims)}`
  const signature = issuer.sign(new TextEncoder().encode(signed))
  return `${signed}.${Buffer.from(signature).toString('base64url')}`
}
