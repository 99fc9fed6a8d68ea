import type { ServiceDefinition } from './definition.ts'

/** @throws Error for a table that contradicts itself: found when the service is created, not when a call comes. */
export function requireConsistent({ name, answers, consumers, timers, doors = [] }: ServiceDefinition): void {
  const foreign = answers.find(({ contract }) => !contract.subject.startsWith(`${name}.`))
  if (foreign) throw new Error(`${name} answers ${foreign.contract.subject}, which is another service's`)
  const named = {
    answer: answers.map(({ contract }) => contract.subject),
    consumer: consumers.map((consumer) => consumer.name),
    timer: timers.map((timer) => timer.name),
    door: doors.map((door) => door.name),
  }
  for (const [what, names] of Object.entries(named)) {
    const twice = names.find((one, at) => names.indexOf(one) !== at)
    if (twice !== undefined) throw new Error(`${name} defines ${what} ${twice} twice`)
  }
}
