/**
 * Keeps `RESULTS.md`: one section for each bench, replaced as a whole when that bench has run.
 * The other sections stay as they are.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeCircumstances } from './machine.ts'

const path = join(import.meta.dirname, 'RESULTS.md')
const opening = `# Results

Written by the benches of this folder; each section names its machine and commit.
`

/** Replaces or appends the section of this title and dates it. */
export function writeSection(title: string, body: string): void {
  const { date, commit, node, machine } = describeCircumstances()
  const section = `## ${title}\n\n${date} · commit ${commit} · Node ${node} · ${machine}\n\n${body.trim()}\n`
  const page = existsSync(path) ? readFileSync(path, 'utf8') : opening
  const sections = page.split(/^(?=## )/m).map(part => `${part.trim()}\n`)
  const place = sections.findIndex(part => part.startsWith(`## ${title}\n`))
  if (place === -1) sections.push(section)
  else sections[place] = section
  writeFileSync(path, sections.join('\n'))
}

/** A Markdown table; the first column is left-aligned, figures right. */
export function markdownTable(head: string[], rows: string[][]): string {
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')
}
