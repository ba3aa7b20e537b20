/** A form that is sent once at a time and says what went wrong. */
import { useState, type SubmitEvent } from 'react'

interface Submission {
  readonly busy: boolean
  readonly problem: string | null
  readonly onSubmit: (event: SubmitEvent<HTMLFormElement>) => void
}

/** `send` gets what was typed and answers what went wrong, or null. */
export function useSubmit(send: (field: (name: string) => string) => Promise<string | null>): Submission {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function submit(form: HTMLFormElement) {
    const typed = new FormData(form)
    setBusy(true)
    setProblem(null)
    setProblem(await send((name) => typedText(typed, name)))
    setBusy(false)
  }

  return {
    busy,
    problem,
    onSubmit(event) {
      event.preventDefault()
      if (!busy) void submit(event.currentTarget)
    },
  }
}

export function typedText(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
