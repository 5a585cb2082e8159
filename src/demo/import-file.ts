/**
 * The path of a file through the API: upload, mapping by suggestion, start, watching until it
 * ends. It prints nothing.
 */
import { setTimeout } from 'node:timers/promises'
import type { Import } from '../contracts/import.ts'
import type { MappingSuggestion } from '../contracts/mapping.ts'
import type { ApiClient } from './api-client.ts'
import { DemoError } from './texts.ts'

type SuggestedColumn = MappingSuggestion['columns'][number]

const pollMs = 150

/** Maps the columns whose header is recognised; DemoError `nothing-recognised` when none is. */
export async function mapRecognised(
  api: ApiClient,
  uploaded: Import,
): Promise<{ mapped: SuggestedColumn[]; unrecognised: SuggestedColumn[] }> {
  const path = `/imports/${uploaded.id}/mapping`
  const suggestion = await api.get<MappingSuggestion>(`${path}/suggestion?headerRow=true`)
  const mapped = suggestion.columns.filter(column => column.field !== null)
  const unrecognised = suggestion.columns.filter(column => column.field === null)
  if (mapped.length === 0) {
    const columns = unrecognised.map(column => column.name).join(', ')
    throw new DemoError('nothing-recognised', { file: uploaded.file.name, columns })
  }
  await api.send('PUT', path, {
    sheet: suggestion.sheet,
    headerRow: suggestion.headerRow,
    columns: mapped.map(({ column, field }) => ({ column, field })),
  })
  return { mapped, unrecognised }
}

/**
 * Starts the import and reports each state until it is completed, which it returns; DemoError
 * `import-ended` when it fails or somebody cancels it.
 */
export async function runImport(
  api: ApiClient,
  id: string,
  onProgress: (state: Import) => void,
): Promise<Import> {
  let state = await api.send<Import>('POST', `/imports/${id}/start`)
  while (state.status === 'queued' || state.status === 'running') {
    onProgress(state)
    await setTimeout(pollMs)
    state = await api.get<Import>(`/imports/${id}`)
  }
  onProgress(state)
  if (state.status === 'completed') return state
  const detail = state.failure ? `${state.failure.detail} (${state.failure.code})` : state.name
  throw new DemoError('import-ended', { status: state.status, detail })
}
