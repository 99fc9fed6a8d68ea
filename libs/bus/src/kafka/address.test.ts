import { expect, it } from 'vitest'
import { kafkaAddress } from './address.ts'

it('reads one host or several, with the usual port', () => {
  expect(kafkaAddress('kafka://one:9093')).toEqual({ brokers: ['one:9093'] })
  expect(kafkaAddress('kafka://one,two:9094/')).toEqual({ brokers: ['one:9092', 'two:9094'] })
})

it('credentials go over TLS only, by SCRAM unless told otherwise', () => {
  expect(kafkaAddress('kafka://guichet:p%40ss@one:9093,two:9093')).toEqual({
    brokers: ['one:9093', 'two:9093'],
    ssl: true,
    sasl: { mechanism: 'scram-sha-512', username: 'guichet', password: 'p@ss' },
  })
  expect(kafkaAddress('kafka://key:secret@one:9092?mechanism=plain').sasl).toMatchObject({
    mechanism: 'plain',
  })
})

it('what cannot be read is refused without repeating the password', () => {
  expect(() => kafkaAddress('kafka://key:secret@one:9092?mechanism=magic')).toThrow(
    /^EVENTS_URL: mechanism is one of/,
  )
  expect(() => kafkaAddress('kafka://')).toThrow(/^EVENTS_URL: give kafka:/)
})
