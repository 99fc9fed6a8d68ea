export { identityConfig, type IdentityConfig } from './config.ts'
export { createIdentityService, type IdentityService } from './service.ts'
