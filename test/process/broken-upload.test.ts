/** A signal comes while a file is being uploaded: nothing of it is kept. */
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { signToken } from '../../src/http/sign-token.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFleet, type Member } from '../support/fleet.ts'
import { writeMessySheet } from '../support/messy-sheet.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { secret } from '../support/test-api.ts'

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  t.test(`${signal} while uploading leaves nothing`, async t => {
    const { fleet, scratchDir, adminUrl, path } = await setScene(t)
    const member = await fleet.start()
    const upload = await beginUpload(member, path)
    t.not(filesIn(scratchDir).length, 0, 'the upload is being spooled')
    member.child.kill(signal)
    await sleep(500)
    upload.destroy()
    t.equal(await member.ended, 0)
    t.strictSame(readdirSync(scratchDir), [])
    t.equal(await rowsKept(adminUrl), 0)
  })
}

t.test('what a killed process spooled goes with the next start', async t => {
  const { fleet, scratchDir, adminUrl, path } = await setScene(t)
  const member = await fleet.start()
  const upload = await beginUpload(member, path)
  await member.kill('SIGKILL')
  upload.destroy()
  t.not(filesIn(scratchDir).length, 0)
  const next = await fleet.start()
  t.strictSame(filesIn(scratchDir), [])
  t.equal(await rowsKept(adminUrl), 0)
  await next.kill('SIGTERM')
  t.strictSame(readdirSync(scratchDir), [])
})

async function setScene(t: Test) {
  const { url, adminUrl } = await createTestDatabase(t)
  const scratchDir = makeScratchFolder(t)
  const fleet = createFleet(t, { databaseUrl: url, scratchDir })
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 2_000)
  return { fleet, scratchDir, adminUrl, path }
}

/** Sends half of the file and then nothing. */
async function beginUpload(member: Member, path: string) {
  const token = await signToken(secret, {
    tenant: 'acme',
    roles: ['manager'],
    subject: 'anna',
    ttlSeconds: 600,
  })
  const file = readFileSync(path)
  const upload = request(`${member.url}/v1/imports`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'multipart/form-data; boundary=middle',
    },
  })
  upload.on('error', () => {})
  upload.write(
    '--middle\r\ncontent-disposition: form-data; name="file"; filename="k.xlsx"\r\n' +
      'content-type: application/octet-stream\r\n\r\n',
  )
  upload.write(file.subarray(0, file.length / 2))
  await sleep(500)
  return upload
}

function filesIn(scratchDir: string): string[] {
  return readdirSync(scratchDir).flatMap(folder => readdirSync(join(scratchDir, folder)))
}

async function rowsKept(adminUrl: string): Promise<number> {
  const [row] = await queryOnce(
    adminUrl,
    `select ((select count(*) from imports) + (select count(*) from file_chunks)
      + (select count(*) from outbox))::int as kept`,
  )
  return Number(row!.kept)
}
