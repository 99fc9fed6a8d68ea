/**
 * Loads the OpenTelemetry SDK when the standard OTEL_* variables name an exporter of traces, else nothing at all.
 * For `node --import @guichet/telemetry/preload`; runProcess imports it too. No auto-instrumentation: spans are made
 * where we make them, so nothing that a person wrote (a path, a query, an address) slips into one.
 */
const { env } = process

function tracesWanted(): boolean {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return false
  const exporter = env['OTEL_TRACES_EXPORTER']
  if (exporter) return exporter !== 'none'
  return Boolean(env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT'])
}

if (tracesWanted()) {
  // Prometheus has the metrics, pino the logs; and no variable of ours may make the SDK ask for more.
  env['OTEL_METRICS_EXPORTER'] ??= 'none'
  env['OTEL_LOGS_EXPORTER'] ??= 'none'
  env['OTEL_PROPAGATORS'] ??= 'tracecontext'
  // The process detector would tell paths and arguments.
  env['OTEL_NODE_RESOURCE_DETECTORS'] ??= 'env,serviceinstance'
  const service = /services[/\\]([a-z-]+)[/\\]/.exec(process.argv[1] ?? '')?.[1]
  env['OTEL_SERVICE_NAME'] ??= service ? `guichet-${service}` : 'guichet'
  const { NodeSDK } = await import('@opentelemetry/sdk-node')
  new NodeSDK({ instrumentations: [] }).start()
}
