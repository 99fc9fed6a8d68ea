import { runProcess } from '@guichet/service/main'
import { archiverConfig, createArchiverService } from './index.ts'

await runProcess({ name: 'archiver', configSchema: archiverConfig, create: createArchiverService })
