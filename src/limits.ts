/**
 * Every cap of the service: one constant each, the unit last in its name, the reason above it.
 * Values that an operator may change are defaults here and read in `config.ts`. The sheet reader has its
 * own caps in `xlsx/limits.ts`; they are passed in as options.
 */

const KiB = 1024
const MiB = 1024 * KiB

/** A sheet of 1,048,576 rows × 20 columns is about 150 MiB; twice that still spools in seconds. */
export const uploadBytesMax = 256 * MiB

/** Uploads arriving at the same time in one process: each may fill `uploadBytesMax` of the scratch folder. */
export const uploadsReceivingMax = 32

/** The same of one tenant: a quarter of the places is always left to the others. */
export const uploadsReceivingPerTenant = 24

/** Multipart fields beside the file: an import name, nothing longer. */
export const uploadFieldBytesMax = 4 * KiB

/** Parts of an upload: two are used, and a second file is counted to be named as the fault. */
export const uploadPartsMax = 8

/** Boundaries and part headers around the file of an upload. */
export const uploadFormBytesMax = 64 * KiB

/** The file's name: longer ones exist on no common file system. */
export const fileNameCharactersMax = 255

/**
 * UTF-16 units of a file name that are looked at: four for each character that is kept, which the longest
 * decompositions take.
 */
export const fileNameUnitsMax = 4 * fileNameCharactersMax

/** An upload that sends nothing for this long is given up, so that a dead client holds no socket. */
export const uploadIdleMs = 30_000

/** Below this rate (averaged since its start, after a grace of `uploadIdleMs`) an upload is given up. */
export const uploadBytesPerSecondMin = 1 * KiB

/** After an early answer the rest of a body is read and thrown away this long, so that the client sees the answer. */
export const lingerMs = 10_000

/** JSON bodies: a mapping of 16,384 columns is the longest, about 60 bytes each. */
export const jsonBodyBytesMax = 1 * MiB

/** Faults that one answer lists; more would help nobody. */
export const requestFaultsMax = 50

/** The message of an unexpected error in a log line: what is longer repeats what it was given. */
export const loggedMessageCharactersMax = 500

/** Ranges of `Accept-Language` that are read: more than a browser sends. */
export const languageRangesMax = 20

/** Callers that are turned away for now may come back after this. */
export const retryAfterSeconds = 5

/** Longest token that is looked at: real ones stay below 4 KiB. */
export const tokenCharactersMax = 8 * KiB

/** Clocks of two machines, of which one signed a token, may differ by this much. */
export const tokenClockToleranceSeconds = 5

/** Worksheet size set by the format (ECMA-376 Part 1, §18.3.1.73 and Excel's specifications). */
export const sheetRowsMax = 1_048_576
export const sheetColumnsMax = 16_384

/** Inspection of one upload: a million rows take seconds; more means a file built to be slow. */
export const inspectionMs = 120_000

/** Heap of the inspecting worker thread; the reader itself stays far below. */
export const inspectionHeapMiB = 96

/** Inspections at the same time in one process: each takes a core. */
export const inspectionsRunningMax = 3

/** The same of one tenant: a place is always left to the others. */
export const inspectionsRunningPerTenant = 2

/** What an import read alone tells of its sheets, as JSON. Over a thousand sheets fit. */
export const sheetSummariesBytesMax = 128 * KiB

/** Rows kept from the inspection for the preview. */
export const previewRowsMax = 100
export const previewRowsDefault = 7

/** The row that may hold the names of columns: one of those that the inspection kept. */
export const headerRowMax = previewRowsMax

/** Columns that a preview shows at most, so that one answer stays below a few MiB. */
export const previewColumnsMax = 1_024

/**
 * Rows of a sheet by which its columns are judged, spread over the whole of it: between half of these and all. Shares
 * of a thousand rows are right to a few hundredths.
 */
export const sampledRowsMax = 2_000

/** What these rows take in the inspecting thread, about; sheets of wide rows are judged by fewer. */
export const sampledBytesMax = 12 * MiB

/** Characters of a cell that is judged: longer ones are prose. */
export const sampledCellCharactersMax = 256

/** What is kept of all columns of one workbook, as JSON: a column takes some hundred bytes. */
export const columnProfilesBytesMax = 512 * KiB

/** All previews of one workbook, as JSON: they live in the row of its import. */
export const previewBytesMax = 2 * MiB

/** Characters of one cell in a preview. */
export const previewCellCharactersMax = 512

/** Warnings of one import: a workbook of thousands of sheets may have several for each. */
export const importWarningsMax = 100

/** Combining marks in a row: the bound of Unicode's Stream-Safe Text Format (UAX #15, section 13). */
export const combiningMarksMax = 30

export const importNameCharactersMax = 200
export const campaignNameCharactersMax = 200
export const caseSubjectCharactersMax = 500

/** Characters of a search text; longer ones match nothing that a field can hold. */
export const searchCharactersMax = 100

/** The same in UTF-16 units, of which a character takes two at most. */
export const searchUnitsMax = 2 * searchCharactersMax

/** Keyset pages. */
export const pageItemsDefault = 50
export const pageItemsMax = 200

/** JSON of a page, but for its first item: a page ends early where items are large, as contacts with long notes are. */
export const pageBytesMax = 1 * MiB

/** The longest cursor of ours holds a company of 300 characters in UTF-8 and base64; a longer text is none of them. */
export const cursorCharactersMax = 2_048

/** Contacts of the imports named in a filter up to which a search reads them all: a few milliseconds. */
export const searchedRowsMax = 10_000

/** Imports named in one filter of contacts or cases. */
export const importFilterMax = 50

export const idempotencyKeyCharactersMax = 200

/** Rows in one batch, one transaction: long enough to amortise its commit, short enough to cancel quickly. */
export const batchRowsMax = 10_000

/** Rows in the first batch of a run: whoever waits for an import to begin, or to go on, sees it sooner. */
export const firstBatchRowsMax = 1_000

/** A batch aims at this share of the lease: PostgreSQL may turn four times slower at once, and it still commits. */
export const batchSharesOfLease = 4

/** A batch is at most so many times as large as the one before: what one row takes says little of thousands. */
export const batchGrowthMax = 10

/** A batch that outlived the lease is begun anew with this part of its rows. */
export const slowBatchDivisor = 10

/** An import of which PostgreSQL takes not even one row within the lease fails after so many tries. */
export const slowTriesMax = 3

/** Sessions that write the batches of one import side by side: one waits for a commit, one inserts. */
export const sessionsPerImport = 2

/** Rows that look like footers and are held back until a run knows that nothing follows them. */
export const footerRowsMax = 20

/** Bytes of one encoded batch; wide rows make shorter batches. */
export const batchBytesMax = 8 * MiB

/** The cell text that a row issue keeps. */
export const issueValueCharactersMax = 200

/** Cells that are kept as examples of a kind of finding, beside its exact count: a screenful. */
export const findingCellsMax = 20

/** Examples of cells in one answer: 20 of each kind in wide sheets of long texts are more than anybody reads. */
export const findingCellsBytesMax = 1 * MiB

/** Texts that a mapping may declare to stand for no value, and characters of each: a list that a person writes. */
export const emptyValuesMax = 100
export const emptyValueCharactersMax = 100

/** Fields that a mapping may require. */
export const requiredFieldsMax = 100

/** Imports running at the same time: in one process, in all processes, for one tenant. */
export const importsRunningPerProcess = 3
export const importsRunningMax = 16
export const importsRunningPerTenant = 3

/**
 * How long a claim lives without renewal, by PostgreSQL's clock: what a crash costs before another process
 * takes over, and what one statement of a batch may take.
 */
export const leaseMs = 8_000

/** Between two statements of a claim: a process that hangs there holds up every other. */
export const claimIdleMs = 3_000

/**
 * A thread of an import that neither read rows nor got an answer of PostgreSQL for this long, beyond the lease that
 * bounds each statement, hangs and is ended. The longest stretch without progress is the opening of a workbook with
 * millions of texts, which the inspection bounded by `inspectionMs`.
 */
export const importStallMs = 300_000

/** A shorter time would take a connection that is on its way, `connectionMs`, for a thread that hangs. */
export const importStallMsMin = 5_000

/** Looks at the progress of a thread, all in vain, after which it hangs. */
export const stallLooks = 10

/** The same for a thread that starts: on a machine with too much to do that takes seconds. */
export const startLooks = 4 * stallLooks

/** A thread that was ended and is not gone by then is stuck in a call of the system: nobody waits for it any more. */
export const threadEndMs = 5_000

/** An import that took its worker down this often is failed as `import-poisoned`. */
export const crashesMax = 3

/** After this many of them it runs alone, so that it is known what took the worker down. */
export const suspectCrashes = 2

/** How long a connection to PostgreSQL takes leave: on a line that was cut nobody answers, and it is destroyed. */
export const clientEndMs = 2_000

/** Heap of an importing worker thread; what it holds is two batches of bytes, which are no part of it. */
export const importHeapMiB = 96

/** A thread that did a job waits so long for the next one; a start takes longer than a small import. */
export const threadIdleMs = 30_000

/** After a job that took a core longer a thread is ended: its heap is large, and its start cost little beside the job. */
export const threadJobCpuMs = 2_000

/** Jobs that one thread does at most, so that nothing that a job might leave behind adds up. */
export const threadJobsMax = 500

/** Queue poll that backs up LISTEN/NOTIFY. */
export const queuePollMs = 1_000

/** How long a failed claim or hand-back waits for its next try. */
export const queueRetryMs = 1_000

/** How long a process that ends tries to give a job back: within `closeWorkMs`, after the batches in hand. */
export const handBackMs = 5_000

/** Jobs in steps that run at the same time: in one process, in all processes, for one tenant. */
export const jobsRunningPerProcess = 2
export const jobsRunningMax = 16
export const jobsRunningPerTenant = 2

/** After this a job in steps makes room for the next one: the longest that a short job waits for a place. */
export const jobTurnMs = 2_000

/** How long a job whose step failed rests before its next try: doubled each time up to the longest. */
export const jobRestMs = 1_000
export const jobRestMsMax = 4_000

/** Between progress events of one import: about three a second, so that commits close together make at most four. */
export const progressIntervalMs = 334

/** Rows removed in one transaction of a background deletion: some 50 ms. */
export const deletionRowsPerBatch = 5_000

/** How long a process that starts waits for PostgreSQL to answer a connection. */
export const databaseAnswerMs = 10_000

/** Contacts that one step of an assignment puts into a campaign, or takes out again: some 200 ms. */
export const assignmentRowsPerStep = 10_000

/** Between two looks of an assignment for new contacts of an import that runs. */
export const assignmentFollowMs = 500

/** How long a connection to PostgreSQL may take, and how long a request waits for a free one: it is answered 503. */
export const connectionMs = 5_000

/** Connections that requests share. */
export const connectionsMax = 10

/** Of those, how many one tenant may hold: the others find some free, however much it asks for. */
export const connectionsPerTenant = 6

/**
 * Connections of a process that no request can take, beside one for each job in steps: two claims, two renewals,
 * hand-backs, readiness, metrics and the relay.
 */
export const engineConnections = 8

/** Memory that one sort or hash of a statement may take before it spills: pages and batches fit. */
export const sessionMemoryKiB = 4 * KiB

/** No request needs longer; a lock that is held longer is a fault. */
export const requestStatementMs = 30_000
export const requestIdleMs = 30_000

/** PostgreSQL's own answer to a late statement needs a moment on its way. */
export const answerGraceMs = 2_000

/** How long a migration waits for a lock: requests that need the same table wait behind it. */
export const migrationLockMs = 3_000

/** A migration that gave way tries again after this, so often: imports let go of their tables after each batch. */
export const migrationLockRetryMs = 1_000
export const migrationLockTriesMax = 100

/** A migrating process that is gone gives its locks back after this; between two statements it needs none. */
export const migrationIdleMs = 60_000

/** Between two looks whether another process still migrates. */
export const migrationTurnMs = 500

/** How long a silent line to PostgreSQL may stay unprobed, at this end. */
export const keepAliveMs = 5_000

/** Between two tries to listen for notifications again. */
export const listenReconnectMs = 500

/** A listening connection whose other end is gone says nothing by itself for minutes: it is asked this often. */
export const listenHeartbeatMs = 10_000
export const listenAnswerMs = 5_000

/** Chunk of a stored file in PostgreSQL. */
export const fileChunkBytes = 1 * MiB

/** Server-sent events: silence is broken after this, so that proxies keep the stream. */
export const eventStreamHeartbeatMs = 15_000

/** Event streams open at the same time in one process; about 45 KiB each. */
export const eventStreamsMax = 5_000

/** The same of one tenant, and with one token: half of the places of all, and half of those of its tenant. */
export const eventStreamsPerTenant = 2_500
export const eventStreamsPerToken = 1_250

/** Bytes that wait for a slow reader of an event stream; 1,000 such readers stay below 100 MiB. */
export const eventStreamBufferBytesMax = 64 * KiB

/** A reader that does not catch up with a full buffer within this time is dropped. */
export const eventStreamDrainMs = 5_000

/** How long readers of an event stream wait before they connect again; each is told its own time from here to twice it. */
export const eventStreamRetryMs = 1_000

/** Newest events, and their bytes, that a process keeps for each followed tenant; readers further behind ask PostgreSQL. */
export const eventsKeptPerTenant = 256
export const eventsKeptBytesPerTenant = 256 * KiB

/** Events, and their bytes, that one reader of a stream is handed at once: a slow one holds no more than these. */
export const eventsPerTurn = 32
export const eventsPerTurnBytes = 64 * KiB

/** Imports whose states a new event stream begins with, beside all that change by themselves: the newest of the tenant. */
export const statesShownMax = 200

/** States read at once for one reader; the next are read when these are written. Two KiB each are many. */
export const statesPerPage = 32

/** Events read from the outbox at once for all readers of a tenant, and their bytes. */
export const outboxPageRows = 200
export const outboxPageBytes = 256 * KiB

/** RFC 7518 §3.2: a key of HS256 has at least the 256 bits of its hash. */
export const secretBytesMin = 32

/** A tenant's identifier, as the token carries it. */
export const tenantPattern = /^[A-Za-z0-9_-]{1,64}$/

/** Events of one import that the relay reads at once; the next are read when these are published. */
export const relayEventsPerImport = 16

/** Bytes of those: sixty-four imports are read at once. */
export const relayReadBytesPerImport = 1 * MiB

/** Imports whose events are published at the same time: hides the round trip to the broker. */
export const relayImportsMax = 64

/** Relay's poll that backs up LISTEN/NOTIFY. */
export const relayPollMs = 1_000

/** How long one publication waits for the broker's word that it is stored. */
export const publishMs = 5_000

/** Bytes that the headers of one event may take of the broker's largest message. */
export const eventHeaderBytesMax = 512

/** A publication that failed is tried again after this, doubled each time up to the longest wait. */
export const publishRetryMs = 250
export const publishRetryMsMax = 15_000

/** Between two tries to reach the broker, or to set up its stream. */
export const brokerRetryMs = 1_000
export const streamRetryMs = 5_000

/** How long the broker may take to answer a connection, and a client of it to come back. */
export const brokerConnectMs = 5_000
export const brokerReconnectMs = 1_000

/** A silent broker is given up after so many unanswered pings. */
export const brokerPingMs = 5_000
export const brokerPingsUnansweredMax = 2

/** A relay that could not renew its leadership for this long publishes nothing more. */
export const leadershipMs = 6_000
export const leadershipRenewMs = 1_000

/** PostgreSQL takes the leadership from a process that is silent this long; must exceed `leadershipMs`. */
export const leadershipSilenceMs = 8_000

/** How far the events that wait for the broker are counted for metrics; a few milliseconds along an index. */
export const backlogCountMax = 10_000

/** How far imports that wait, run or are being deleted are counted for metrics, likewise. */
export const queueCountMax = 10_000

/** Events removed, or made to wait once more, in one statement. */
export const outboxDeleteRows = 5_000
export const republishRows = 5_000

/** Between two looks for events whose retention has ended. */
export const outboxUpkeepMs = 60_000

/** How long the outbox keeps a published event, for readers that come back and for republication. */
export const eventRetentionHours = 7 * 24

/** How long the stream keeps an event. */
export const eventStreamAgeHours = 7 * 24

/** Bytes of the stream, the oldest events going first: 4 a second of 1 KiB from one import for days. */
export const eventStreamBytesMax = 1024 * MiB

/** Copies of the stream in a cluster of brokers. */
export const eventStreamReplicas = 1

/** How long the broker drops an event whose id it has seen: far above every wait of a publication. */
export const eventDuplicateWindowSeconds = 120

/** Imports that the relay remembers to have no event of unknown fate; forgetting costs a look at the stream. */
export const sureImportsMax = 10_000

/** The end of the process: batches in hand commit within seconds; after this the leases run out by themselves. */
export const shutdownMs = 30_000

/** A proxy that needs longer to take a process out of its list is set up wrongly. */
export const shutdownDelayMsMax = 600_000

/** Each part that works, told to end: an import writes two batches and gives its lease back. */
export const closeWorkMs = 20_000

/** Each part that was worked with; both together leave a moment of `shutdownMs` to the embedded servers. */
export const closeResourcesMs = 5_000

/** Requests in hand when the service ends; after this their connections are cut, for some clients never let go. */
export const closeRequestsMs = 3_000
