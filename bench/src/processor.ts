/** Processor time of a process, read from the system: what it costs, however busy the machine is with other things. */
import { readFile } from 'node:fs/promises'

/** proc_pid_stat(5), fields 14 and 15, of which Linux counts a hundred a second. */
const MS_PER_TICK = 10

/** Milliseconds since it began: of all its threads, and of the first alone, which answers. */
export async function processorTime(pid: number): Promise<{ all: number; first: number }> {
  const read = async (path: string) => {
    const stat = await readFile(path, 'utf8')
    // The name before it may hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK
  }
  const [all, first] = await Promise.all([read(`/proc/${pid}/stat`), read(`/proc/${pid}/task/${pid}/stat`)])
  return { all, first }
}
