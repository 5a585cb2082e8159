/**
 * Tags of HTML around or within a text, as exports of web forms leave them: `<b>Anna</b>`, `Polna 1<br>Warszawa`. Tags
 * that only say how a text looks are dropped where every one of them is closed; of any other tag the text is told
 * to hold it. Angle brackets that are no tag of HTML stay: `Jan <Janek> Nowak`.
 */

/** Elements that say how their text looks, and where its lines and cells end. */
const inline: ReadonlySet<string> = new Set(
  'a abbr b big center code del em font i ins label mark s small span strike strong sub sup tt u'.split(
    ' ',
  ),
)
const block: ReadonlySet<string> = new Set(
  'body dd div dl dt h1 h2 h3 h4 h5 h6 html li ol p table tbody td th thead tr ul'.split(' '),
)
/** Elements without an end. */
const breaks: ReadonlySet<string> = new Set(['br', 'hr', 'wbr'])
/** Elements that hold more than a text: what they would show is not in the cell. */
const others: ReadonlySet<string> = new Set(
  'audio button embed form frame head iframe img input link meta object script select style svg textarea title video'.split(
    ' ',
  ),
)

/** A tag; its attributes hold no angle bracket, so that no text is looked at twice. */
const tag = /<(\/?)([a-z][a-z0-9]{0,9})(?:\s[^<>]*)?(\/?)>/gi

/** Whether the text may hold a tag: a look at two characters for each `<`. */
function mayHoldTag(text: string): boolean {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (/[a-z/]/i.test(text[at + 1] ?? '')) return true
  }
  return false
}

/** The text without its tags; the text itself where it has none, or one that must not be dropped. */
export function dropMarkup(text: string): string {
  if (!mayHoldTag(text)) return text
  const open = new Map<string, number>()
  for (const [, slash, written] of text.matchAll(tag)) {
    const name = written!.toLowerCase()
    if (breaks.has(name)) continue
    if (!inline.has(name) && !block.has(name)) {
      if (others.has(name)) return text
      continue
    }
    const depth = (open.get(name) ?? 0) + (slash === '' ? 1 : -1)
    if (depth < 0) return text
    open.set(name, depth)
  }
  if (open.values().some(depth => depth !== 0)) return text
  return text.replace(tag, (whole, _slash, written: string) => {
    const name = written.toLowerCase()
    if (inline.has(name)) return ''
    return block.has(name) || breaks.has(name) ? '\n' : whole
  })
}

/** Whether the text holds a tag of HTML. */
export function holdsMarkup(text: string): boolean {
  if (!mayHoldTag(text)) return false
  return text.matchAll(tag).some(([, , written]) => {
    const name = written!.toLowerCase()
    return inline.has(name) || block.has(name) || breaks.has(name) || others.has(name)
  })
}
