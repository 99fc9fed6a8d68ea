import type { StoreEngine } from './store.ts'
export declare function openMongoEngine(options: { url: string }): Promise<StoreEngine>
