/**
 * Every limit of the service stands behind this door, in the file of its subject: one constant each, the unit last in
 * its name, the reason above it. A constant that an operator may change is the default here; `config.ts` reads the
 * variable. The sheet reader has limits of its own in `xlsx/limits.ts`, which callers pass in as options.
 */
export * from './limits/broker.ts'
export * from './limits/contacts.ts'
export * from './limits/custom-fields.ts'
export * from './limits/database.ts'
export * from './limits/downloads.ts'
export * from './limits/event-streams.ts'
export * from './limits/issue-sheets.ts'
export * from './limits/jobs.ts'
export * from './limits/requests.ts'
export * from './limits/runs.ts'
export * from './limits/shutdown.ts'
export * from './limits/stored-rows.ts'
export * from './limits/templates.ts'
export * from './limits/texts.ts'
export * from './limits/uploads.ts'
