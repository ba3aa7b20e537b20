/** The language of the page. Each is named in itself, for those who cannot read the other. */
import { chooseLocale, useLocale, type Locale } from '../i18n/locale.ts'
import { m } from '../i18n/messages.ts'
import { Segmented } from '../ui/segmented.tsx'
import { showToast } from '../ui/toast.tsx'

function choose(next: Locale): void {
  chooseLocale(next).catch(() => showToast(m.action_failed()))
}

export function LanguageChoice() {
  const locale = useLocale()
  return (
    <Segmented
      label={m.settings_language()}
      value={locale}
      onChange={choose}
      options={[
        { value: 'zh-CN', text: '中文' },
        { value: 'en', text: 'English' },
      ]}
    />
  )
}
