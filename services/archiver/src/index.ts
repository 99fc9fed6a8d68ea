export { archiverConfig } from './config.ts'
export { createArchiverService } from './service.ts'
