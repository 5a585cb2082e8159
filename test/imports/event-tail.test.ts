import t from 'tap'
import { EventTails } from '../../src/imports/event-tail.ts'
import { openNotifications } from '../../src/storage/notifications.ts'
import { openOrm } from '../../src/storage/orm.ts'
import { eventChannel } from '../../src/storage/outbox.ts'
import { createTestDatabase } from '../support/database.ts'

t.test('a reader that is let go during a read does not wait for ever', async t => {
  const { url } = await createTestDatabase(t)
  const orm = await openOrm(url)
  t.teardown(() => orm.close())
  const notifications = await openNotifications(url, [eventChannel], error => t.fail(String(error)))
  t.teardown(() => notifications.close())
  const reader = new EventTails(orm, notifications).open('acme')
  t.teardown(() => reader.close())
  const stop = new AbortController()
  const reading = reader.next(0, stop.signal)
  stop.abort()
  t.same(await reading, [])
})
