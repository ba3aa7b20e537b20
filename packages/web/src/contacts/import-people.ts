/** Asks everybody in a list to be a contact, one after the other; what cannot be done is listed, the rest goes on. */
import type { PeopleLine } from '@rookery/client'
import { errors, type Answer, type ContactState, type ErrorCode } from '@rookery/protocol'

/** Why a line could not be used: it has another form, or the server refused it. */
export interface BadLine {
  readonly line: number
  readonly text: string
  readonly reason: 'form' | 'self' | ErrorCode
}

export interface ImportReport {
  /** Lines that are through, of `total`. */
  readonly through: number
  readonly total: number
  /** Who became a contact, or was asked. */
  readonly added: number
  readonly already: number
  readonly bad: readonly BadLine[]
}

export interface ImportPorts {
  readonly me: number
  standing(number: number): ContactState
  request(number: number): Promise<Answer<'contacts.request'>>
  pause(milliseconds: number): Promise<void>
  onProgress(report: ImportReport): void
}

/** Before another try where the server did not say how long. */
const pauseMs = 1_000
/** Tries of one line; what is left over after a long absence can be imported again without harm. */
const tries = 30

export async function importPeople(lines: readonly PeopleLine[], ports: ImportPorts, signal: AbortSignal) {
  let report: ImportReport = { through: 0, total: lines.length, added: 0, already: 0, bad: [] }
  for (const line of lines) {
    if (signal.aborted) return
    report = { ...(await take(line, report, ports, signal)), through: report.through + 1 }
    ports.onProgress(report)
  }
}

async function take(
  read: PeopleLine,
  report: ImportReport,
  ports: ImportPorts,
  signal: AbortSignal,
): Promise<ImportReport> {
  const { line } = read
  if (read.kind === 'bad') return { ...report, bad: [...report.bad, { line, text: read.text, reason: 'form' }] }
  const { name, number } = read
  const refused = (reason: BadLine['reason']): ImportReport => ({
    ...report,
    bad: [...report.bad, { line, text: `${name}:${number}`, reason }],
  })
  if (number === ports.me) return refused('self')
  const standing = ports.standing(number)
  if (standing === 'friend' || standing === 'outgoing') return { ...report, already: report.already + 1 }
  const answer = await requestPatiently(number, ports, signal)
  if (answer.ok) return { ...report, added: report.added + 1 }
  if (answer.code === 'already_contacts' || answer.code === 'already_asked')
    return { ...report, already: report.already + 1 }
  return refused(answer.code)
}

async function requestPatiently(
  number: number,
  { request, pause }: ImportPorts,
  signal: AbortSignal,
): Promise<Answer<'contacts.request'>> {
  for (let tried = 1; ; tried += 1) {
    const answer = await request(number)
    if (answer.ok || errors[answer.code].retry === 'no' || tried === tries || signal.aborted) return answer
    await pause(answer.retry_after_ms ?? pauseMs)
  }
}
