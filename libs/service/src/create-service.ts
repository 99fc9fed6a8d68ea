import type { Service, ServiceDefinition, ServiceParts } from './service.ts'

/** Puts a definition to work on its parts: answers, consumers with parking, timers under leases, relay, doors. */
export declare function createService(definition: ServiceDefinition, parts: ServiceParts): Service
