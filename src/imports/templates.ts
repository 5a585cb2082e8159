/** Mapping templates: creates, lists, replaces and removes them, and finds the one that a mapping request names. */
import type { Caller } from '../contracts/caller.ts'
import type { FieldCatalogue } from '../contracts/contact-fields.ts'
import { decodeCursor, idPattern, pageLimit, toPage } from '../contracts/keyset.ts'
import type {
  MappingTemplate,
  MappingTemplatePage,
  TemplateContent,
  TemplateRequest,
} from '../contracts/mapping-template.ts'
import type { PageQuery } from '../contracts/services.ts'
import { AppError } from '../errors.ts'
import { templateBytesMax, templatesPerTenant } from '../limits.ts'
import { nameFields } from '../mapping/custom-fields.ts'
import { TemplateEntity } from '../storage/imports/template-entity.ts'
import { countTemplates } from '../storage/imports/template-places.ts'
import { type EntityManager, isUniqueViolation } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { databaseTime } from '../storage/postgres/sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { refuseMappingFaults } from './mapping-faults.ts'

/**
 * Keeps a template. Throws `template-name-taken` when the tenant has one of that name, `templates-too-many` when it has
 * `templatesPerTenant`, `template-too-large` beyond `templateBytesMax`, and the faults of a mapping.
 */
export async function createTemplate(
  { orm, fields: catalogues }: ImportContext,
  caller: Caller,
  request: TemplateRequest,
): Promise<MappingTemplate> {
  const { tenantId, subject } = caller
  const { name, content } = judge(request, await catalogues.of(tenantId))
  return inTenant(orm, tenantId, async em => {
    const templates = await countTemplates(sqlOf(em), tenantId)
    if (templates >= templatesPerTenant) {
      throw new AppError('templates-too-many', { templatesMax: templatesPerTenant })
    }
    const entity = em.create(TemplateEntity, { tenantId, name, content, createdBy: subject })
    await em.flush()
    return toTemplate(entity)
  }).catch(sayWhose(name))
}

/** A page of the tenant's templates, newest first. */
export function listTemplates(
  { orm }: ImportContext,
  { tenantId }: Caller,
  query: PageQuery,
): Promise<MappingTemplatePage> {
  const limit = pageLimit(query.limit)
  const [before] = query.cursor ? decodeCursor(query.cursor, [idPattern]) : []
  return inTenant(orm, tenantId, async em => {
    const templates = await em.find(
      TemplateEntity,
      { tenantId, ...(before !== undefined && { id: { $lt: String(before) } }) },
      { orderBy: { id: 'desc' }, limit: limit + 1 },
    )
    return toPage(templates, limit, { item: toTemplate, key: ({ id }) => [id] })
  })
}

/** The template of that id; throws `not-found`. */
export function getTemplate(
  { orm }: ImportContext,
  caller: Caller,
  id: string,
): Promise<MappingTemplate> {
  return inTenant(orm, caller.tenantId, async em => toTemplate(await findById(em, caller, id)))
}

/** Replaces name and content of a template. Throws `not-found`, and otherwise as `createTemplate`. */
export async function replaceTemplate(
  { orm, fields: catalogues }: ImportContext,
  caller: Caller,
  id: string,
  request: TemplateRequest,
): Promise<MappingTemplate> {
  const { name, content } = judge(request, await catalogues.of(caller.tenantId))
  return inTenant(orm, caller.tenantId, async em => {
    const entity = await findById(em, caller, id)
    const changedAt = await databaseTime(sqlOf(em))
    Object.assign(entity, { name, content, changedAt, changedBy: caller.subject })
    await em.flush()
    return toTemplate(entity)
  }).catch(sayWhose(name))
}

/** Removes the template; throws `not-found`. Imports that were mapped by it keep their mapping. */
export function removeTemplate(
  { orm }: ImportContext,
  { tenantId }: Caller,
  id: string,
): Promise<void> {
  return inTenant(orm, tenantId, async em => {
    const removed = await em.nativeDelete(TemplateEntity, { tenantId, id })
    if (removed === 0) throw new AppError('not-found')
  })
}

/** The content of the template that a caller names by id or by name; throws `template-unknown` when there is none. */
export async function chooseTemplate(
  em: EntityManager,
  { tenantId }: Caller,
  template: string,
): Promise<TemplateContent> {
  const byId = idPattern.test(template)
    ? await em.findOne(TemplateEntity, { tenantId, id: template })
    : null
  const found = byId ?? (await em.findOne(TemplateEntity, { tenantId, name: template.trim() }))
  if (found) return found.content
  throw new AppError(
    'template-unknown',
    { template },
    { items: [{ pointer: '/template', code: 'template-unknown', data: { template } }] },
  )
}

async function findById(
  em: EntityManager,
  { tenantId }: Caller,
  id: string,
): Promise<TemplateEntity> {
  const entity = await em.findOne(TemplateEntity, { tenantId, id })
  if (!entity) throw new AppError('not-found')
  return entity
}

/** Checks a request and gives the name and the content to keep. */
function judge({ name, ...request }: TemplateRequest, catalogue: FieldCatalogue) {
  const content = nameFields(request, catalogue)
  const columns = content.columns.map(({ field }, at) => ({ column: at + 1, field }))
  // Whoever maps by it may add the columns of fields that the tenant requires.
  const fields = catalogue.fields.map(({ key }) => ({ key }))
  refuseMappingFaults({ ...content, columns }, { columnCount: columns.length, fields })
  const bytes = Buffer.byteLength(JSON.stringify(content))
  if (bytes > templateBytesMax) {
    throw new AppError('template-too-large', { bytes, bytesMax: templateBytesMax })
  }
  return { name: name.trim(), content }
}

function sayWhose(name: string) {
  return (error: unknown): never => {
    if (isUniqueViolation(error)) throw new AppError('template-name-taken', { name })
    throw error
  }
}

function toTemplate(entity: TemplateEntity): MappingTemplate {
  return {
    id: entity.id,
    name: entity.name,
    ...entity.content,
    createdBy: entity.createdBy,
    createdAt: entity.createdAt.toISOString(),
    changedBy: entity.changedBy ?? null,
    changedAt: entity.changedAt?.toISOString() ?? null,
  }
}
