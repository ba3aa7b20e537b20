/** The language of the page. Each is named in itself, for those who cannot read the other. */
import { chooseLocale, useLocale } from '../i18n/locale.ts'
import { m } from '../paraglide/messages.js'
import { Segmented } from '../ui/segmented.tsx'

export function LanguageChoice() {
  const locale = useLocale()
  return (
    <Segmented
      label={m.settings_language()}
      value={locale}
      onChange={chooseLocale}
      options={[
        { value: 'zh-CN', text: '中文' },
        { value: 'en', text: 'English' },
      ]}
    />
  )
}
