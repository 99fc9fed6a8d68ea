/** Minutes as people say them, alike in our three languages: `3 h 20`, `45 min`. */
export function hours(minutes: number): string {
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (whole === 0) return `${rest} min`
  return rest === 0 ? `${whole} h` : `${whole} h ${String(rest).padStart(2, '0')}`
}
