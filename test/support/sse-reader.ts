/** Owns readers of server-sent events as front ends write them. What they are given was judged by the contract. */
import type { StreamMessage } from '../../src/contracts/services.ts'
import { judgeEvent, judgeState } from './event-contract.ts'

export interface SseOptions {
  readonly token: string
  readonly lastEventId?: string | undefined
  readonly signal?: AbortSignal
}

/** The messages of `GET url`, until the service or the caller ends the stream; throws when it is refused. */
export async function* readEvents(
  url: string,
  { token, lastEventId, signal }: SseOptions,
): AsyncGenerator<StreamMessage> {
  const response = await fetch(url, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
    ...(signal && { signal }),
  })
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const message = judgeBlock(block)
      if (message) yield message
    }
  }
}

/** The message of a block; undefined where it tells of no import: a comment, how long to wait before coming back, the end. */
export function judgeBlock(block: string): StreamMessage | undefined {
  const fields = new Map(
    block.split('\n').map(line => {
      const [, name, value] = /^([a-z]*): ?(.*)$/s.exec(line) ?? []
      if (name === undefined) throw new Error(`no field of an event stream: ${line}`)
      return [name, value!]
    }),
  )
  const data = fields.get('data')
  if (data === undefined) return undefined
  if (fields.get('event') === 'state') return { kind: 'state', state: judgeState(JSON.parse(data)) }
  if (fields.get('event') === 'ready') return { kind: 'ready', ...JSON.parse(data) }
  if (fields.get('event') === 'end') return undefined
  const event = judgeEvent(JSON.parse(data))
  if (fields.get('event') !== event.type || fields.get('id') !== event.id) {
    throw new Error(`${event.type} ${event.id} was announced as ${block.split('data:')[0]}`)
  }
  return { kind: 'event', event }
}
