/** Actors, their signed tokens, and who may do what. Pure but for the one question to identity. */
export {
  ACCOUNT_TOKEN_SECONDS,
  createAccountTokenSigner,
  generateSigningKey,
  publicHalf,
  type AccountTokenSigner,
  type SigningKey,
} from './account-tokens.ts'
export {
  createActorTokens,
  SERVICE_TOKEN_SECONDS,
  type ActorTokenOptions,
  type ActorTokens,
} from './actor-tokens.ts'
export { signBlobReference, verifyBlobReference, type BlobReference } from './blob-reference.ts'
export { seal, unseal, type Sealed } from './sealed.ts'
export { createSecrets, type Secrets } from './secrets.ts'
export * from './who-may.ts'
