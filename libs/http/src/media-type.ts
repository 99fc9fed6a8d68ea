/** What a file is by its first bytes; what it claims to be only where the bytes do not contradict it. */

/** Enough for every signature that file-type knows of, tar included. */
export const HEAD_BYTES = 4100
const TOKEN = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/

/**
 * The detected media type where the content has a signature, else the declared one if it is a text or unknown kind
 * that cannot have one. A file declared as an image or PDF whose bytes are not one is `application/octet-stream`.
 */
export async function detectType(head: Uint8Array, declared: string): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type')
  const claim = declared.split(';')[0]?.trim().toLowerCase() ?? ''
  const found = await fileTypeFromBuffer(head.subarray(0, HEAD_BYTES))
  if (found) return isContainerOf(found.mime, claim) ? claim : found.mime
  if (
    !TOKEN.test(claim) ||
    /^(image\/(?!svg)|audio\/|video\/|application\/(pdf|zip|x-msdownload))/.test(claim)
  ) {
    return 'application/octet-stream'
  }
  return claim
}

/** Office and OpenDocument files are zips (or old CFB) by signature; the claim says which. */
function isContainerOf(found: string, claim: string): boolean {
  if (found === 'application/zip') return /^application\/(vnd\.(openxmlformats|oasis)|epub)/.test(claim)
  if (found === 'application/x-cfb') return /^application\/(msword|vnd\.ms-)/.test(claim)
  return false
}
