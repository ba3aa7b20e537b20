/** What others see of somebody: name, signature, picture; and how a picture is had. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { deflateSync } from 'node:zlib'
import { LIMITS } from '@rookery/protocol'
import type { RunningServer } from '@rookery/server'
import { numberOf, speakTo, type Speaker } from './company.ts'
import { password, startTestServer, until, type LogIn } from './harness.ts'
import { openWire } from './wire.ts'

let server: RunningServer
let to: Speaker
let one: LogIn
let other: LogIn
let conversation: number

beforeAll(async () => {
  server = await startTestServer()
  to = speakTo(server.url)
  ;[one, other] = (await to.makePeople(2)) as [LogIn, LogIn]
  conversation = await to.befriend(one, other)
})
afterAll(() => server.stop())

const png = (...more: number[]) => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...more])
const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const webp = Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')
const setAvatar = (who: LogIn, image: Uint8Array | string | null) =>
  to.ask(who, 'accounts.setAvatar', {
    image: image === null || typeof image === 'string' ? image : Buffer.from(image).toString('base64'),
  })

async function avatarOf(who: LogIn): Promise<string> {
  return (await to.get(other, 'people.get', { numbers: [numberOf(who)] })).people[0]?.avatar ?? ''
}

const fetchAvatar = (name: string, init?: RequestInit) => fetch(`${server.url}/avatars/${name}`, init)

describe('names', () => {
  test('[P63] contacts have the new name at once, in their list and in the chat; the user name to log in with stays', async () => {
    const wire = await openWire(server.url, other)
    const person = await to.get(one, 'accounts.updateProfile', { name: ' 王小明 ', signature: '<b>忙</b> 🎉' })
    expect(person).toEqual({ number: numberOf(one), name: '王小明', signature: '<b>忙</b> 🎉', avatar: '' })
    const { contacts, memberships } = await to.everything(other)
    expect(contacts).toMatchObject([{ peer: numberOf(one), name: '王小明', signature: '<b>忙</b> 🎉' }])
    expect(memberships).toMatchObject([{ conversation, name: '王小明' }])
    await until(() => wire.pushes.length > 0)
    expect(wire.pushes).toMatchObject([
      { push: 'mine', contacts: [{ name: '王小明' }], memberships: [{ conversation, name: '王小明' }] },
    ])
    expect((await to.everything(one)).settings).toMatchObject([{ name: '王小明', signature: '<b>忙</b> 🎉' }])
    expect((await to.get(other, 'people.find', { query: '小明' })).people).toEqual([person])
    const again = await to.get(one, 'sessions.logIn', { login: one.me.name, password })
    expect(again.me).toMatchObject({ number: numberOf(one), name: '王小明' })
    wire.close()
  })

  test('[P63] a name is one, and a signature is one line', async () => {
    for (const name of ['', ' ', '12345', 'a\nb', '\u202ex', 'x'.repeat(LIMITS.nameLength + 1)])
      expect(await to.tell(one, 'accounts.updateProfile', { name })).toBe('bad_request')
    for (const signature of ['a\nb', 'x'.repeat(LIMITS.signatureLength + 1), '\ud800'])
      expect(await to.tell(one, 'accounts.updateProfile', { signature })).toBe('bad_request')
    expect(await to.get(one, 'accounts.updateProfile', { signature: '' })).toMatchObject({ signature: '' })
  })

  test('[P63] members of a group have it when they ask; strangers by number', async () => {
    const [stranger] = (await to.makePeople(1)) as [LogIn]
    const group = await to.makeGroup(one, [other])
    await to.get(one, 'accounts.updateProfile', { name: 'another name' })
    const { members } = await to.get(other, 'groups.people', { conversation: group, numbers: [numberOf(one)] })
    expect(members).toMatchObject([{ name: 'another name' }])
    const { people } = await to.get(stranger, 'people.get', { numbers: [numberOf(one), 99_999_999] })
    expect(people).toMatchObject([{ number: numberOf(one), name: 'another name' }])
  })

  test('how one appears is on all of one’s devices, until one changes it', async () => {
    const wire = await openWire(server.url, one)
    await to.get(one, 'accounts.setStatus', { status: 'busy' })
    await until(() => wire.pushes.some((push) => push.push === 'mine' && push.settings[0]?.status === 'busy'))
    expect((await to.everything(one)).settings).toMatchObject([{ status: 'busy' }])
    expect(await to.tell(one, 'accounts.setStatus', { status: 'gone' as 'busy' })).toBe('bad_request')
    wire.close()
  })
})

describe('pictures', () => {
  test('[P64] is there by its name, for ever the same, and can do nothing but be shown', async () => {
    for (const [bytes, type] of [
      [png(1, 2, 3), 'image/png'],
      [jpeg, 'image/jpeg'],
      [webp, 'image/webp'],
    ] as const) {
      const set = await setAvatar(one, bytes)
      const name = await avatarOf(one)
      expect(set).toMatchObject({ ok: true, value: { avatar: name } })
      expect(name).toMatch(/^[\w-]{22}$/)
      const response = await fetchAvatar(name)
      expect(response.status).toBe(200)
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array(bytes))
      const header = (key: string) => response.headers.get(key)
      expect(header('content-type')).toBe(type)
      expect(header('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(header('x-content-type-options')).toBe('nosniff')
      expect(header('content-security-policy')).toBe(`default-src 'none'; sandbox`)
      expect((await to.everything(other)).contacts[0]?.avatar).toBe(name)
    }
  })

  test('[P64] the one before is gone, unless somebody else has it, too', async () => {
    await setAvatar(one, png(9))
    const shared = await avatarOf(one)
    await setAvatar(other, png(9))
    expect(await avatarOf(other)).toBe(shared)
    expect(await setAvatar(one, null)).toMatchObject({ ok: true, value: { avatar: '' } })
    expect((await fetchAvatar(shared)).status).toBe(200)
    await setAvatar(other, png(8))
    expect((await fetchAvatar(shared)).status).toBe(404)
    expect((await fetchAvatar(await avatarOf(other))).status).toBe(200)
  })

  test('[P64] what there is not is not found, whatever it is called; and nothing is served from elsewhere', async () => {
    const names = [
      '',
      'x',
      'a'.repeat(22),
      '..',
      '%2e%2e%2fpackage.json',
      '..%2F..%2Fetc%2Fpasswd',
      'a/b',
      "';--",
      '%00',
    ]
    for (const name of names) {
      const response = await fetchAvatar(name)
      expect(response.status === 404 || (response.headers.get('content-type') ?? '').startsWith('text/html')).toBe(true)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
    expect((await fetchAvatar('a'.repeat(22), { method: 'POST' })).status).toBe(404)
  })

  test('[P64] it is what its first bytes say, and no larger than it may be', async () => {
    const before = await avatarOf(other)
    const lies = [
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      '<html><script>1</script>',
      'GIF89a',
      '',
      '\x89PNG',
      'RIFF1234WAVE',
      '%PDF-1.7',
    ]
    for (const lie of lies)
      expect(await setAvatar(other, Buffer.from(lie, 'latin1'))).toMatchObject({ code: 'bad_request' })
    for (const wrong of ['not base64!', 'AAA', 'data:image/png;base64,iVBORw0KGgo='])
      expect(await setAvatar(other, wrong)).toMatchObject({ code: 'bad_request' })
    const large = new Uint8Array(LIMITS.avatarBytes)
    large.set(png())
    expect(await setAvatar(other, large)).toMatchObject({ ok: true })
    const larger = new Uint8Array(LIMITS.avatarBytes + 1)
    larger.set(png())
    expect((await setAvatar(other, larger)).ok).toBe(false)
    const far = Buffer.concat([png(), deflateSync(Buffer.alloc(100)), Buffer.alloc(LIMITS.frameBytes)])
    expect(await setAvatar(other, far)).toMatchObject({ ok: false, code: 'too_large' })
    expect(await avatarOf(other)).not.toBe(before)
    expect((await fetchAvatar(await avatarOf(other))).headers.get('content-length')).toBe(String(LIMITS.avatarBytes))
  })
})
