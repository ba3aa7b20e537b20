/** The second factor and passkeys as people use them: settings, log-in page, an authenticator in the browser. */
import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import type { CDPSession } from 'playwright-core'
import { codeOf, fromBase32, stepAt } from '../../packages/server/core/one-time-codes.ts'
import { choosePort, makeFolder, password, spawnServer, until } from '../harness.ts'
import {
  examineBoth,
  logInInBrowser,
  openPerson,
  openSection,
  signUpInBrowser,
  takePictures,
  type Person,
} from './browser.ts'
import { setStage } from './stage.ts'

const port = choosePort()
const stage = setStage(() => spawnServer({ ROOKERY_DATA: makeFolder(), PORT: String(port) }))

/** By name: passkeys know no bare addresses. */
const site = () => `http://localhost:${port}`

const press = ({ page }: Person, name: string) => page.getByRole('button', { name, exact: true }).click()

async function logOut(person: Person): Promise<void> {
  await press(person, person.say('settings_log_out'))
  await person.page
    .getByRole('alertdialog')
    .getByRole('button', { name: person.say('settings_log_out') })
    .click()
  await person.page.getByLabel(person.say('login_name')).waitFor()
}

/** A key on the machine that knows its owner, with no hardware behind it. */
async function plugIn({ context, page }: Person): Promise<{ cdp: CDPSession; authenticator: string }> {
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { cdp, authenticator: authenticatorId }
}

test('[P80] [P83] a second factor is set up, asked for at log-in, got around once by a recovery code, and switched off', async () => {
  const person = await openPerson(stage.browser, site(), 'en')
  const { page, say } = person
  const number = await signUpInBrowser(person, 'careful')
  await openSection(person, 'nav_settings')
  const row = page.getByTestId('second-factor')
  await row.getByText(say('factor_off_detail')).waitFor()
  await press(person, say('factor_set_up'))
  await until(async () => (await page.getByTestId('qr').locator('path').getAttribute('d'))?.startsWith('M') ?? false)
  const secret = (await page.getByTestId('factor-key').innerText()).replaceAll(' ', '')
  const code = (by = 0) => codeOf(fromBase32(secret), stepAt(Date.now()) + by)
  await takePictures(person, 'factor-set-up')
  const found = await examineBoth(person)
  await page.getByLabel(say('factor_code')).fill('123')
  await page.getByLabel(say('factor_password')).fill(password)
  await press(person, say('factor_switch_on'))
  await page.getByText(say('error_wrong_code')).waitFor()
  await page.getByLabel(say('factor_code')).fill(code(-1))
  await press(person, say('factor_switch_on'))
  await page.getByTestId('recovery-codes').waitFor()
  const codes = await page.getByTestId('recovery-codes').getByRole('listitem').allInnerTexts()
  expect(codes).toHaveLength(10)
  await takePictures(person, 'factor-codes')
  found.push(...(await examineBoth(person)))
  const [download] = await Promise.all([page.waitForEvent('download'), press(person, say('factor_codes_download'))])
  expect(readFileSync(await download.path(), 'utf8')).toContain(codes.join('\n'))
  await press(person, say('factor_codes_done'))
  await row.getByText(say('factor_on_detail', { count: 10 })).waitFor()
  await takePictures(person, 'security-on')

  await logOut(person)
  await logInInBrowser(person, number)
  await page.getByLabel(say('login_code'), { exact: true }).waitFor()
  await takePictures(person, 'log-in-code')
  found.push(...(await examineBoth(person)))
  await page.getByLabel(say('login_code'), { exact: true }).fill('000 000')
  await press(person, say('login_submit'))
  await page.getByText(say('error_wrong_code')).waitFor()
  await page.getByLabel(say('login_code'), { exact: true }).fill(codes[0] ?? '')
  await press(person, say('login_submit'))
  await openSection(person, 'nav_settings')
  await row.getByText(say('factor_on_detail', { count: 9 })).waitFor()

  await press(person, say('factor_switch_off'))
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(say('factor_password')).fill(password)
  await dialog.getByLabel(say('factor_code_either')).fill(code())
  await takePictures(person, 'factor-off')
  await dialog.getByRole('button', { name: say('factor_switch_off') }).click()
  await row.getByText(say('factor_off_detail')).waitFor()
  await logOut(person)
  await logInInBrowser(person, number)
  await openSection(person, 'nav_settings')
  expect(found).toEqual([])
  expect(person.faults).toEqual([])
}, 180_000)

test('[P86] a passkey is made, opens the account without a name, and is removed', async () => {
  const person = await openPerson(stage.browser, site(), 'zh-CN')
  const { page, say } = person
  await signUpInBrowser(person, '有钥匙的人')
  const { cdp, authenticator } = await plugIn(person)
  await openSection(person, 'nav_settings')
  await press(person, say('passkey_add'))
  await page.getByLabel(say('passkey_name'), { exact: true }).fill('我的电脑')
  await page.getByLabel(say('factor_password')).fill('not it')
  await press(person, say('passkey_continue'))
  await page.getByText(say('error_wrong_password')).waitFor()
  await page.getByLabel(say('factor_password')).fill(password)
  await takePictures(person, 'passkey-add')
  const found = await examineBoth(person)
  await press(person, say('passkey_continue'))
  await page.getByTestId('passkey').getByText('我的电脑').waitFor()
  await press(person, say('passkey_add'))
  await page.getByLabel(say('factor_password')).fill(password)
  await press(person, say('passkey_continue'))
  await page.getByText(say('passkey_known')).waitFor()
  await page.keyboard.press('Escape')
  await takePictures(person, 'passkeys')
  found.push(...(await examineBoth(person)))

  await logOut(person)
  await takePictures(person, 'log-in-passkey')
  found.push(...(await examineBoth(person)))
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified: false })
  await press(person, say('login_passkey'))
  await page.getByText(say('passkey_cancelled')).waitFor()
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified: true })
  await press(person, say('login_passkey'))
  await openSection(person, 'nav_settings')
  const passkey = page.getByTestId('passkey')
  await passkey.getByText(say('passkey_used', { time: '' }).slice(0, 4)).waitFor()
  await passkey.getByRole('button').click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('passkey_remove') })
    .click()
  await passkey.waitFor({ state: 'detached' })
  await logOut(person)
  await press(person, say('login_passkey'))
  await page.getByText(say('error_passkey_refused')).waitFor()
  expect(found).toEqual([])
  expect(person.faults).toEqual([])
}, 180_000)

test('[P88] at a bare address there is no passkey button, and the settings say where there is one', async () => {
  const person = await openPerson(stage.browser, stage.server.url, 'en')
  await person.page.goto('/')
  await person.page.getByLabel(person.say('login_name')).waitFor()
  expect(await person.page.getByRole('button', { name: person.say('login_passkey') }).count()).toBe(0)
  await signUpInBrowser(person, 'numbers only')
  await openSection(person, 'nav_settings')
  await person.page.getByText(person.say('passkey_localhost', { address: site() })).waitFor()
  expect(person.faults).toEqual([])
}, 60_000)
