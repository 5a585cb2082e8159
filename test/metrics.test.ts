import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { writeContactSheet } from '../src/sample/contact-sheet.ts'
import { makeScratchFolder } from './support/scratch-folder.ts'
import { sharedNatsUrl } from './support/servers.ts'
import { isCompleted, startTestService } from './support/service.ts'

t.test('metrics count imports and events, and name no tenant', async t => {
  const service = await startTestService(t, { NATS_URL: await sharedNatsUrl() })
  const read = async () => {
    const response = await fetch(`${service.url}/metrics`)
    t.equal(response.status, 200)
    t.match(response.headers.get('content-type'), /^text\/plain; version=0\.0\.4/)
    return response.text()
  }
  const readValue = (text: string, name: string) =>
    Number(
      text
        .split('\n')
        .find(line => line.startsWith(`${name} `))
        ?.split(' ')[1],
    )

  const path = join(makeScratchFolder(t), 'contacts.xlsx')
  await writeContactSheet(path, { rows: 50, strings: 'inline' })
  const { id } = await service.upload(path, { tenant: 'secret-tenant' })
  await service.mapAndStart(id, { tenant: 'secret-tenant' })
  await service.waitFor(id, isCompleted, { tenant: 'secret-tenant' })
  let text = await read()
  while (readValue(text, 'contact_import_events_waiting') !== 0) {
    await sleep(50)
    text = await read()
  }
  t.equal(readValue(text, 'contact_import_imports{status="running"}'), 0)
  t.equal(readValue(text, 'contact_import_validations{status="queued"}'), 0)
  t.equal(readValue(text, 'contact_import_relay_connected'), 1)
  t.equal(readValue(text, 'contact_import_relay_stream_ready'), 1)
  t.ok(readValue(text, 'contact_import_relay_published_total') >= 5)
  t.ok(readValue(text, 'process_resident_memory_bytes') > 0)
  t.notMatch(text, /secret-tenant/)
})

t.test('all figures of waiting events are of one moment, also in the first answer', async t => {
  const service = await startTestService(t, { NATS_URL: 'nats://127.0.0.1:1' })
  const path = join(makeScratchFolder(t), 'contacts.xlsx')
  await writeContactSheet(path, { rows: 1, strings: 'inline' })
  await service.upload(path)
  await sleep(50)
  const text = await (await fetch(`${service.url}/metrics`)).text()
  t.match(text, /^contact_import_events_waiting 1$/m)
  t.match(text, /^contact_import_events_waiting_seconds 0\.\d+$/m)
  t.match(text, /^contact_import_events_parked 0$/m)
})
