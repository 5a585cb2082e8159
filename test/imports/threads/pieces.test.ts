/** Pieces between two threads: in order, at the pace of whoever takes them, and an end on both sides whoever gives up. */
import { setTimeout as sleep } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import t from 'tap'
import { LineBrokenError, sendPieces, takePieces } from '../../../src/imports/threads/pieces.ts'
import { piecesAhead } from '../../../src/limits.ts'

/** Counts up, and tells how far it came and whether it was ended. */
function createSource(pieces: number) {
  const state = { made: 0, isEnded: false }
  async function* make(): AsyncGenerator<number> {
    try {
      while (state.made < pieces) yield state.made++
    } finally {
      state.isEnded = true
    }
  }
  return { state, pieces: make() }
}

t.test('all pieces come, in order', async t => {
  const { port1, port2 } = new MessageChannel()
  const { pieces } = createSource(1_000)
  const sent = sendPieces(port1, pieces)
  const taken: number[] = []
  for await (const piece of takePieces<number>(port2)) taken.push(piece)
  t.strictSame(
    taken,
    Array.from({ length: 1_000 }, (_, at) => at),
  )
  await sent
})

t.test('the sender is no more than a few pieces ahead', async t => {
  const { port1, port2 } = new MessageChannel()
  const { state, pieces } = createSource(1_000)
  const sent = sendPieces(port1, pieces)
  let taken = 0
  for await (const _ of takePieces<number>(port2)) {
    taken += 1
    if (taken % 100 !== 0) continue
    await sleep(5)
    t.ok(state.made <= taken + piecesAhead + 1, `${state.made} made, ${taken} taken`)
  }
  await sent
})

t.test('a taker that leaves ends the sender, and what it sends from', async t => {
  const { port1, port2 } = new MessageChannel()
  const { state, pieces } = createSource(1_000)
  const sent = sendPieces(port1, pieces)
  for await (const _ of takePieces<number>(port2)) break
  await t.rejects(sent, LineBrokenError)
  t.ok(state.isEnded)
})

t.test('a sender that fails ends the taker, behind the pieces that it sent', async t => {
  const { port1, port2 } = new MessageChannel()
  const taking = takePieces<number>(port2)
  async function* failing(): AsyncGenerator<number> {
    yield 1
    await sleep(5)
    throw new Error('no more')
  }
  const sent = sendPieces(port1, failing())
  sent.catch(() => {})
  t.same(await taking.next(), { value: 1, done: false })
  await t.rejects(taking.next(), LineBrokenError)
  await t.rejects(sent, /no more/)
})

t.test('a last piece that nobody took is not taken for one that was', async t => {
  const { port1, port2 } = new MessageChannel()
  const sent = sendPieces(port1, createSource(1).pieces)
  port2.on('message', () => port2.close())
  await t.rejects(sent, LineBrokenError)
})
