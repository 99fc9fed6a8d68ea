/** Files of a form: each streamed into a blob, so that memory stays flat; named and typed safely. */
import '@fastify/multipart'
import { randomUUID } from 'node:crypto'
import { Failure } from '@guichet/contracts/failure'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import { BlobTooLarge, newBlobId, type Blobs } from '@guichet/store'
import type { FastifyRequest } from 'fastify'
import { detectType, HEAD_BYTES } from './media-type.ts'
import { safeFileName } from '@guichet/contracts/values/file-name'

export interface UploadLimits {
  /** Bytes of one file. */
  maxFileBytes: number
  maxFiles: number
}

export interface Form {
  fields: Record<string, string>
  files: StoredAttachment[]
}

/** @throws Failure body-too-large, invalid-input; nothing refers to what was stored by then, and it is swept. */
export async function readForm(request: FastifyRequest, blobs: Blobs, limits: UploadLimits): Promise<Form> {
  try {
    return await readParts(request, blobs, limits)
  } catch (error) {
    throw isFormFault(error) ? new Failure('invalid-input', { cause: error }) : error
  }
}

/** A form that is cut short, or says no boundary, is the sender's fault: busboy throws plain errors for both. */
function isFormFault(error: unknown): boolean {
  return (
    error instanceof Error &&
    /boundary (not found|required)|unexpected end of|malformed part header/i.test(error.message)
  )
}

async function readParts(request: FastifyRequest, blobs: Blobs, limits: UploadLimits): Promise<Form> {
  // No prototype: a field named __proto__ is a field like any other.
  const fields: Record<string, string> = Object.create(null) as Record<string, string>
  const files: StoredAttachment[] = []
  const parts = request.parts({
    limits: { fileSize: limits.maxFileBytes, files: limits.maxFiles, fields: 100, fieldSize: 1024 * 1024 },
  })
  for await (const part of parts) {
    if (part.type === 'field') {
      // The rest of it is gone: half of what somebody wrote is not what they wrote.
      if (part.valueTruncated) throw new Failure('body-too-large', { params: { limit: '1 MiB' } })
      fields[part.fieldname] = String(part.value)
      continue
    }
    // A browser sends an empty, nameless part for a file field that was left empty.
    if (!part.filename) {
      part.file.resume()
      continue
    }
    files.push(await storeFile(part, blobs, limits))
    if (part.file.truncated) throw tooLarge(limits)
  }
  return { fields, files }
}

async function storeFile(
  part: { filename: string; mimetype: string; file: AsyncIterable<Uint8Array> },
  blobs: Blobs,
  limits: UploadLimits,
): Promise<StoredAttachment> {
  const id = newBlobId()
  const head: Uint8Array[] = []
  let headSize = 0
  async function* watched() {
    for await (const chunk of part.file) {
      if (headSize < HEAD_BYTES) {
        head.push(chunk)
        headSize += chunk.length
      }
      yield chunk
    }
  }
  const info = await blobs.put(id, watched(), { maxBytes: limits.maxFileBytes }).catch((error: unknown) => {
    throw error instanceof BlobTooLarge ? tooLarge(limits) : error
  })
  return {
    id: randomUUID(),
    name: safeFileName(part.filename),
    size: info.size,
    type: await detectType(Buffer.concat(head), part.mimetype),
    blobId: id,
  }
}

function tooLarge(limits: UploadLimits): Failure {
  return new Failure('body-too-large', {
    params: { limit: `${Math.floor(limits.maxFileBytes / 1024 / 1024)} MiB` },
  })
}
