/** Writes the catalogue of errors (`docs/errors.md`) from the lists of codes themselves. */
import { findingCodes, findingText } from '../contracts/findings.ts'
import { type RowIssueCode, rowIssueCodes, rowIssueText } from '../contracts/row-issues.ts'
import { errorCodes, errorText } from '../errors.ts'
import { problemStatuses } from './problem.ts'

const introduction = `# Errors

An error is answered as \`application/problem+json\` (RFC 9457): \`{type, title, status, detail, code, instance, errors}\`. \`code\` is stable and for programs;
\`title\` and \`detail\` are for people, in the language of \`Accept-Language\`; \`instance\` is the id of the request in the log. \`errors\` lists the
faults of a request one by one, each with a JSON Pointer. Words in braces are filled in.`

const issuesIntroduction = `## Row issues

Why a row was rejected, in \`GET /v1/imports/{id}/issues\`. The row is not imported; the rows around it are.`

const findingsIntroduction = `## Findings

Cells that were repaired or noted; their values are imported. Those that were refused stand among them with the codes of row issues.`

/** The page in Markdown. */
export function describeErrors(): string {
  return [
    introduction,
    problemTable(),
    issuesIntroduction,
    issueTable(),
    findingsIntroduction,
    findingTable(),
    '',
  ].join('\n\n')
}

function problemTable(): string {
  const rows = errorCodes.map(code => {
    const [en, pl] = (['en', 'pl'] as const).map(locale => {
      const { title, detail } = errorText(code, locale)
      return `${title}. ${detail}`
    })
    return [`\`${code}\``, String(problemStatuses[code]), en!, pl!]
  })
  return formatTable(['code', 'status', 'English', 'Polish'], rows)
}

function issueTable(): string {
  const rows = rowIssueCodes.map(code => [
    `\`${code}\``,
    issueText(code, 'en'),
    issueText(code, 'pl'),
  ])
  return formatTable(['code', 'English', 'Polish'], rows)
}

function findingTable(): string {
  const rows = findingCodes.map(code => [
    `\`${code}\``,
    findingText(code, 'en', '{field}'),
    findingText(code, 'pl', '{field}'),
  ])
  return formatTable(['code', 'English', 'Polish'], rows)
}

function issueText(code: RowIssueCode, locale: 'en' | 'pl'): string {
  return rowIssueText(code, locale, {
    address: '{cell}',
    value: '{value}',
    field: { labels: { en: '{field}', pl: '{field}' }, lengthMax: Number.NaN },
  }).replace('NaN', '{lengthMax}')
}

function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}
