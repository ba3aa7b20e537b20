/**
 * How a batch travels between two threads. A string is handed over, anything else is copied part by part: what holds no
 * bytes goes as JSON, which costs less on both sides.
 */
export type Packed<Part> = string | readonly Part[]

/** @param asText none of the parts holds bytes. */
export function pack<Part>(parts: readonly Part[], asText: boolean): Packed<Part> {
  return asText ? JSON.stringify(parts) : parts
}

export function unpack<Part>(packed: Packed<Part>): readonly Part[] {
  return typeof packed === 'string' ? (JSON.parse(packed) as Part[]) : packed
}
