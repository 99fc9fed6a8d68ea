/** The cluster's store: MongoDB through mongoose, which keeps the connection, its pool and GridFS. */
import type { Db } from 'mongodb'
import mongoose from 'mongoose'
import { createMongoBlobs } from './mongo/blobs.ts'
import { createMongoCollection, isCollectionName } from './mongo/collection.ts'
import { createMongoOutbox, recordedEvents } from './mongo/outbox.ts'
import type { Collection, CollectionDefinition, Store, StoreEngine } from './store.ts'

export interface MongoEngine extends StoreEngine {
  readonly kind: 'mongo'
}

/** Durable means: on the disks of the majority. */
const CONCERN = { w: 'majority', journal: true } as const
const ANSWER_WITHIN_MS = 5000

export async function openMongoEngine({ url }: { url: string }): Promise<MongoEngine> {
  const connection = await mongoose
    .createConnection(url, {
      writeConcern: CONCERN,
      readPreference: 'primary',
      retryWrites: false,
      serverSelectionTimeoutMS: ANSWER_WITHIN_MS,
      maxPoolSize: 50,
      autoIndex: false,
    })
    .asPromise()
  const { db } = connection
  if (!db) throw new TypeError('mongoose gave no database')
  const wakes = new Set<() => void>()
  const blobs = await createMongoBlobs(db, (id) => isReferred(db, id))
  const histories = db.collection('events')
  await histories.createIndex({ service: 1, _id: 1 })
  await histories.createIndex({ collection: 1, doc: 1, version: 1, n: 1 }, { unique: true })

  const collectionsOf = new Map<string, Set<string>>()

  return {
    kind: 'mongo',
    service: (service): Store => {
      const names = collectionsOf.get(service) ?? new Set<string>()
      collectionsOf.set(service, names)
      return {
        service,
        blobs,
        outbox: createMongoOutbox(db, service, names, wakes),
        collection: <T, Indexes extends string>(
          definition: CollectionDefinition<T, Indexes>,
        ): Collection<T, Indexes> => {
          names.add(definition.name)
          return createMongoCollection(
            { db, blobs, service, onCommitted: () => wakes.forEach((wake) => wake()) },
            definition,
          )
        },
        recorded: (after) => recordedEvents(db, service, names, after),
      }
    },
    check: async () => {
      await db.command({ ping: 1 }, { timeoutMS: ANSWER_WITHIN_MS })
    },
    close: () => connection.close(),
  }
}

/** By a document of any service, also of one that this process does not run. */
async function isReferred(db: Db, blobId: string): Promise<boolean> {
  for await (const { name } of db.listCollections({}, { nameOnly: true })) {
    if (!isCollectionName(name)) continue
    if (await db.collection(name).findOne({ refs: blobId }, { projection: { _id: 1 } })) return true
  }
  return false
}
