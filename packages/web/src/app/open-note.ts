/** Opens the conversation with oneself, made if there is none. */
import { useLocation } from 'wouter'
import { refusalText } from '../i18n/refusal-text.ts'
import { useClient } from '../session/use-session.tsx'
import { showToast } from '../ui/toast.tsx'

export function useOpenNote(): () => Promise<void> {
  const client = useClient()
  const [, go] = useLocation()
  return async () => {
    const answer = await client.call('conversations.openNote', {})
    if (answer.ok) go(`/c/${answer.value.conversation}`)
    else showToast(refusalText(answer.code))
  }
}
