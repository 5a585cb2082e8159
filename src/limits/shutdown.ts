/** The end of the process, and what it says in its log. */

/** The message of an unexpected error in a log line: what is longer repeats what it was given. */
export const loggedMessageCharactersMax = 500

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
