/** The service's timers, run by the one copy that holds the lease. */
import { pause, type Clock } from '@guichet/delivery'
import { withSpan } from '@guichet/telemetry'
import { duration } from '@guichet/telemetry/metrics'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { TimerEntry } from './definition.ts'

/** `untraced`: looks for work every second and makes its own spans when there is some. */
export type Timer = TimerEntry & { untraced?: boolean }

export interface TimerParts {
  service: string
  timers: readonly Timer[]
  held: () => boolean
  clock: Clock
  log: Logger
  metrics: Registry
}

export interface RunningTimers {
  /** The lease came to this copy: every timer runs now, then at its own pace. */
  wake(): void
  /** Starts no run, waits for those that have begun. */
  stop(): Promise<void>
}

export function startTimers({ service, timers, held, clock, log, metrics }: TimerParts): RunningTimers {
  const seconds = duration(metrics, 'guichet_timer_seconds', 'Runs of timers, by outcome', [
    'service',
    'timer',
  ])
  const waiting = new Set<() => void>()
  let stopping = false

  async function runOnce(timer: Timer): Promise<void> {
    const end = seconds.startTimer({ service, timer: timer.name })
    try {
      await (timer.untraced
        ? timer.run()
        : withSpan(`timer ${timer.name}`, { parent: null }, () => timer.run()))
      end({ outcome: 'ok' })
    } catch (error) {
      end({ outcome: 'failed' })
      log.error({ err: error, timer: timer.name }, 'a timer failed; it runs again at its time')
    }
  }

  async function keep(timer: Timer): Promise<void> {
    while (!stopping) {
      if (held()) await runOnce(timer)
      if (stopping) return
      const { over, cut } = pause(clock, timer.everyMs)
      waiting.add(cut)
      await over
      waiting.delete(cut)
    }
  }

  const running = timers.map(keep)
  const wake = () => {
    for (const cut of waiting) cut()
  }
  return {
    wake,
    async stop() {
      stopping = true
      wake()
      await Promise.all(running)
    },
  }
}
