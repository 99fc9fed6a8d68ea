/** What an HTTP door is made of: routes with their rule and schema, problem+json, uploads, limits. */
export { contentDisposition } from './content-disposition.ts'
export { registerDocumentation } from './documentation.ts'
export { httpErrors } from './errors.ts'
export { preferredLanguage } from './language.ts'
export { problemOf, type Problem, type Wording } from './problem.ts'
export {
  registerRoutes,
  sendProblem,
  userAgentOf,
  asSeenBy,
  type Caller,
  type RouteContext,
} from './register-routes.ts'
export { route, type ApiCall, type ApiReply, type Route } from './route.ts'
export { isSameOrigin } from './same-origin.ts'
export { createHttpServer, failureOf, type HttpServerOptions } from './server.ts'
export { readForm, type Form, type UploadLimits } from './uploads.ts'
