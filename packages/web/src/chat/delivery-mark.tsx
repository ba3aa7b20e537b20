/** How far an own message has come. */
import { Check, CheckCheck, Clock } from 'lucide-react'
import { m } from '../i18n/messages.ts'
import styles from './delivery-mark.module.css'
import type { Delivery } from './items.ts'

export function DeliveryMark({ delivery }: { readonly delivery: Delivery }) {
  switch (delivery) {
    case 'received':
    case 'failed':
      return null
    case 'sending':
      return <Clock size={12} className={styles.patient} role="img" aria-label={m.chat_state_sending()} />
    case 'sent':
      return <Check size={14} role="img" aria-label={m.chat_state_sent()} />
    case 'read':
      return <CheckCheck size={14} role="img" aria-label={m.chat_state_read()} />
  }
}
