import { Type } from 'typebox'

/** The archiver needs no setting of its own: when a ticket is of age is the ticket service's affair. */
export const archiverConfig = Type.Object({})
