/** Units of the limits that count bytes. */
export const KiB = 1024
export const MiB = 1024 * KiB
