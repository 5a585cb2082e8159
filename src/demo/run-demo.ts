/**
 * The demo itself: takes a sheet through the API and tells what happens. It is given a running
 * service and a sheet; it starts and stops nothing.
 */
import { statSync } from 'node:fs'
import type { Contact, ContactPage } from '../contracts/contact.ts'
import type { Import, RowIssuePage } from '../contracts/import.ts'
import type { ApiClient } from './api-client.ts'
import { mapRecognised, runImport } from './import-file.ts'
import { createProgressBar, type Screen } from './progress-bar.ts'
import { labelled, mappingLines, resultLines, sizeText } from './report.ts'
import type { Speaker } from './texts.ts'

const contactsShown = 3
const issuesShown = 5

export interface DemoRun {
  api: ApiClient
  screen: Screen
  speaker: Speaker
  sheetPath: string
}

/** Imports the sheet and prints each step; resolves with the finished import and a few contacts. */
export async function runDemo(run: DemoRun): Promise<{ done: Import; contacts: Contact[] }> {
  const { api, screen, speaker } = run
  const print = (lines: string[]) => screen.write(`${lines.join('\n')}\n`)
  const uploaded = await uploadSheet(run)
  print(mappingLines(speaker, await mapRecognised(api, uploaded)))
  const done = await watchImport(run, uploaded.id)
  const { items: contacts } = await api.get<ContactPage>(
    `/contacts?importId=${done.id}&limit=${contactsShown}`,
  )
  const { items: issues } = await api.get<RowIssuePage>(
    `/imports/${done.id}/issues?limit=${issuesShown}`,
  )
  print(resultLines(speaker, { done, issues, contacts }))
  return { done, contacts }
}

async function uploadSheet({ api, screen, speaker, sheetPath }: DemoRun): Promise<Import> {
  const start = performance.now()
  const uploaded = await api.upload<Import>('/imports', sheetPath)
  const text = speaker.say('uploaded', {
    file: uploaded.file.name,
    size: sizeText(speaker, statSync(sheetPath).size),
    seconds: speaker.number((performance.now() - start) / 1000, 1),
    id: uploaded.id,
  })
  screen.write(`${labelled(speaker, 'upload', text)}\n`)
  return uploaded
}

async function watchImport({ api, screen, speaker }: DemoRun, id: string): Promise<Import> {
  const bar = createProgressBar(screen, speaker, labelled(speaker, 'import', ''))
  try {
    return await runImport(api, id, state => bar.show(state))
  } finally {
    bar.end()
  }
}
