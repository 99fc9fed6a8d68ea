/** Why a process cannot start, in one line that says what would be right. Nothing to wait for: exit 1. */
export class StartFault extends Error {
  override name = 'StartFault'
}
