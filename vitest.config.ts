import { defineConfig } from 'vitest/config'

// Three rooms: unit (no I/O, milliseconds), int (real parts), e2e (the whole product, real browser and SMTP).
const include = (suffix: string) => [`{libs,services,bench}/**/*.${suffix}.ts`]
export default defineConfig({
  test: {
    // The house's zone, wherever the tests run.
    env: { TZ: 'Europe/Brussels' },
    projects: [
      {
        test: {
          name: 'unit',
          include: include('test'),
          exclude: [...include('int.test'), ...include('e2e.test'), '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'int',
          include: include('int.test'),
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: include('e2e.test'),
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          // After the others: browsers, brokers and validators on the same few cores starve one another.
          sequence: { groupOrder: 1 },
          // A browser beside real servers: what comes later than a second is late, not wrong.
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
})
