/** Addresses of the database as libpq reads them. */
import { writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { DatabaseUrlError, readDatabaseUrl } from '../../../src/storage/postgres/database-url.ts'
import { makeCertificate } from '../../support/certificates.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'

function placesOf(url: string): string[] {
  return readDatabaseUrl(url).hosts.map(([way]) => `${way!.host} ${way!.port}`)
}

t.test('hosts and ports', async t => {
  for (const [url, places] of Object.entries({
    'postgres://one/db': ['one 5432'],
    'postgresql://anna:word@one:7/db': ['one 7'],
    'postgres://one:1,two,three:3/db': ['one 1', 'two 5432', 'three 3'],
    'postgres://one,two/db?port=6': ['one 6', 'two 6'],
    'postgres://one/db?host=two,three&port=2,3': ['two 2', 'three 3'],
    'postgres://[::1]:5,[2001:db8::1]/db': ['::1 5', '2001:db8::1 5432'],
    'postgres:///db': ['localhost 5432'],
    'postgres:///db?host=/var/run/postgresql': ['/var/run/postgresql 5432'],
    'postgres://anna@%2Frun%2Fpg:7/db': ['/run/pg 7'],
  })) {
    t.strictSame(placesOf(url), places, url)
  }
  t.equal(readDatabaseUrl('postgres://one:1,[::1]/db').shown, 'one:1, [::1]:5432')
})

t.test('user, password, database and options', async t => {
  const [[way] = []] = readDatabaseUrl(
    'postgres://an%40na:w%2Ford@one/d%20b?options=-c%20x=1',
  ).hosts
  t.match(way, { user: 'an@na', password: 'w/ord', database: 'd b', options: '-c x=1' })
  t.match(readDatabaseUrl('postgres://one?user=bob&password=w&dbname=d').hosts[0]![0], {
    user: 'bob',
    password: 'w',
    database: 'd',
  })
  const { username } = userInfo()
  t.match(readDatabaseUrl('postgres://one').hosts[0]![0], { user: username, database: username })
  t.match(readDatabaseUrl('postgres://a:p@w@one').hosts[0]![0], { password: 'p@w', host: 'one' })
})

t.test('TLS by sslmode', async t => {
  const folder = makeScratchFolder(t)
  const { cert: ca, key } = makeCertificate(folder, 'ca')
  const waysOf = (query: string) =>
    readDatabaseUrl(`postgres://one/db?${query}`).hosts[0]!.map(({ ssl }) => {
      if (typeof ssl !== 'object') return 'plain'
      if (ssl.rejectUnauthorized === false) return 'unverified'
      return ssl.checkServerIdentity ? 'its certificate' : 'its certificate and name'
    })
  for (const [query, ways] of Object.entries({
    '': ['unverified', 'plain'],
    'sslmode=disable': ['plain'],
    'sslmode=allow': ['plain', 'unverified'],
    'sslmode=prefer': ['unverified', 'plain'],
    'sslmode=require': ['unverified'],
    'ssl=true': ['unverified'],
    [`sslmode=require&sslrootcert=${ca}`]: ['its certificate'],
    [`sslmode=verify-ca&sslrootcert=${ca}`]: ['its certificate'],
    [`sslmode=verify-full&sslrootcert=${ca}`]: ['its certificate and name'],
    'sslmode=verify-full&sslrootcert=system': ['its certificate and name'],
    'sslmode=require&host=/run/pg': ['plain'],
  })) {
    t.strictSame(waysOf(query), ways, query)
  }
  const [way] = readDatabaseUrl(
    `postgres://one/db?sslmode=require&sslcert=${ca}&sslkey=${key}&sslpassword=word`,
  ).hosts[0]!
  t.match(way!.ssl, { cert: /CERTIFICATE/, key: /KEY/, passphrase: 'word' })
})

t.test('what the service sets by itself is passed over', async t => {
  const query = 'application_name=x&connect_timeout=1&keepalives=0&uselibpqcompat=true'
  const [[way] = []] = readDatabaseUrl(`postgres://one/db?${query}&target_session_attrs=any`).hosts
  t.strictSame(Object.keys(way!).toSorted(), ['database', 'host', 'port', 'ssl', 'user'])
})

t.test('faults, without the values that may be secret', async t => {
  const empty = join(makeScratchFolder(t), 'none.crt')
  writeFileSync(`${empty}.not`, '')
  for (const [rest, fault] of Object.entries({
    'mysql://one': /^is not a URL that starts with postgres:/,
    'postgres:one': /^is not a URL/,
    'postgres://:lucja@one:x/db': /^names a port that is none/,
    'postgres://one:0': /^names a port that is none/,
    'postgres://one,two,three?port=1,2': /^names 3 hosts and 2 ports$/,
    'postgres://::1/db': /^names a host that is none: put an IPv6 address into brackets/,
    'postgres://a:lucja%@one': /^holds a % that encodes nothing/,
    'postgres://one?sslmode=lucja': /^has an unknown sslmode: use disable, /,
    'postgres://one?sslmode=verify-ca': /^has sslmode=verify-ca without sslrootcert/,
    'postgres://one?sslmode=require&sslrootcert=system': /^has sslrootcert=system, which needs/,
    'postgres://one?sslnegotiation=direct': /^has sslnegotiation=direct, which needs/,
    'postgres://one?target_session_attrs=standby': /^has target_session_attrs=standby: /,
    'postgres://one?sslcrl=x': /^has the parameter "sslcrl", which means nothing here/,
    'postgres://anna:ta?jne@one/db': /^holds a sign of the password that ends it[^j]*$/,
    'postgres://anna:12/jne@one/db': /^holds a sign of the password that ends it[^j]*$/,
    [`postgres://one?sslmode=verify-full&sslrootcert=${empty}`]: /none.crt, which cannot be read/,
  })) {
    try {
      readDatabaseUrl(rest)
      t.fail(rest)
    } catch (error) {
      t.ok(error instanceof DatabaseUrlError, rest)
      t.match((error as Error).message, fault, rest)
      t.notMatch((error as Error).message, 'lucja', rest)
    }
  }
})
