/** What strangers write where something else belongs. After each refusal: nothing written, and the server serves on. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { LIMITS, type OperationName } from '@rookery/protocol'
import { operations } from '@rookery/protocol/schemas'
import type { RunningServer } from '@rookery/server'
import { makePair, password, signUp, startTestServer, type LogIn } from './harness.ts'
import { wellFormed } from './well-formed.ts'
import { bearer, openWire, post, type Wire, type WireAnswer } from './wire.ts'

let server: RunningServer
let url: string
let one: LogIn
let other: LogIn
let conversation: number
let admin: LogIn

beforeAll(async () => {
  server = await startTestServer()
  url = server.url
  ;({ one, other, conversation } = await makePair(url))
  const ticket = server.adminLink?.split('#')[1]
  const made = await post(url, 'accounts.signUp', { name: 'admin', password, confirm: password, ticket })
  admin = made.answer.ok ? (made.answer.value as LogIn) : one
})
afterAll(() => server.stop())

/** Both doors, as a caller who may ask for that operation. */
async function openDoors(name: OperationName) {
  const { who } = operations[name]
  const logIn = { anyone: undefined, user: one, admin }[who]
  const wire = await openWire(url, logIn)
  const headers = logIn ? bearer(logIn) : {}
  return {
    wire,
    /** Sends the same JSON text through both. */
    async askBoth(text: string): Promise<readonly WireAnswer[]> {
      const framed = wire.askRaw(7, `{"id":7,"op":"${name}","in":${text}}`)
      return [await framed, (await post(url, name, text, headers)).answer]
    },
  }
}

/** Everything that the two have, and everybody there is: the same before and after what was refused. */
async function readAll(): Promise<unknown> {
  const answers = [one, other].map((logIn) => [
    post(url, 'sync', { rev: 0 }, bearer(logIn)),
    post(url, 'sessions.list', {}, bearer(logIn)),
    post(url, 'messages.page', { conversation, limit: LIMITS.pageMessages }, bearer(logIn)),
    post(url, 'people.find', { query: 'o' }, bearer(logIn)),
  ])
  return (await Promise.all(answers.flat())).map(({ answer }) => answer)
}

async function expectServing(wire: Wire): Promise<void> {
  expect(wire.isOpen()).toBe(true)
  expect(await wire.ask('messages.page', { conversation })).toMatchObject({ ok: true })
}

const manyKeys = JSON.stringify(Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`key${index}`, index])))
const deep = `${'['.repeat(1_000)}${']'.repeat(1_000)}`
const deepObject = `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`
/** JSON texts that are no string, no number and no boolean of any field. */
const neverRight = ['{}', '[]', 'null', '["x"]', '{"length":3}', '{"toString":"x"}', manyKeys, deep, deepObject]
const noNumbers = [...neverRight, '"1"', '""', 'true', '1.5', '-1', '1e999', '-1e999', '9007199254740992', '1e300']
const noStrings = [...neverRight, '0', '1', 'true', '1e999']
const noBooleans = [...neverRight, '0', '1', '"true"', '"false"']
const noList = ['{}', '"x"', '1', '["1"]', '[0]', '[-1]', '[1.5]', '[[1]]', `[${Array(17).fill(1).join(',')}]`, deep]
const noSeqs = noList.filter((text) => !/^\[[01]/.test(text))
const noHeads = ['{}', '"x"', '1', '[1]', '[[1]]', '[[1,2,3]]', '[["1",2]]', '[[1,-1]]', '[[0,0]]', '[[1,1.5]]', deep]

/** Ways to spoil one value. */
function spoil(value: unknown): readonly string[] {
  if (typeof value === 'string') return noStrings
  if (typeof value === 'number') return noNumbers
  if (typeof value === 'boolean') return noBooleans
  if (!Array.isArray(value)) return neverRight
  // Places may be 0, and there may be many.
  if (value[0] === 0) return noSeqs
  return Array.isArray(value[0]) ? noHeads : noList
}

/** The input as JSON, with one field replaced or added as it is written. */
function replaceField(input: Readonly<Record<string, unknown>>, key: string, text: string): string {
  const others = Object.entries(input).filter(([name]) => name !== key)
  const fields = others.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  return `{${[...fields, `${JSON.stringify(key)}:${text}`].join(',')}}`
}

const badRequest: WireAnswer = { ok: false, code: 'bad_request' }

test.each(Object.keys(operations) as OperationName[])(
  '%s refuses what is not of its form, by both doors, and writes nothing',
  async (name) => {
    const { wire, askBoth } = await openDoors(name)
    const input = wellFormed(conversation, other.me.number)[name] as Readonly<Record<string, unknown>>
    const whole = ['null', '[]', '"x"', '1', 'true', manyKeys, deep, deepObject]
    const spoilt = Object.entries(input).flatMap(([key, value]) =>
      spoil(value)
        // No picture is said by null.
        .filter((bad) => key !== 'image' || bad !== 'null')
        .map((bad) => replaceField(input, key, bad)),
    )
    const unknown = ['nobody_knows', 'constructor', 'toString', '__proto__'].map((key) =>
      replaceField(input, key, '{"x":1}'),
    )
    const before = await readAll()
    for (const bad of [...whole, ...spoilt, ...unknown]) {
      const [framed, posted] = await askBoth(bad)
      expect([bad, framed, posted]).toEqual([bad, badRequest, badRequest])
    }
    expect(await readAll()).toEqual(before)
    expect(wire.isOpen()).toBe(true)
    wire.close()
  },
)

test('a message’s body is refused in every form but its own', async () => {
  const { wire, askBoth } = await openDoors('messages.send')
  const bodies = [
    ...noStrings.map((text) => `{"kind":"text","text":${text}}`),
    ...neverRight.map((kind) => `{"kind":${kind},"text":"x"}`),
    '{"kind":"html","text":"x"}',
    '{"kind":"text"}',
    '{"text":"x"}',
    '{"kind":"text","text":"x","html":"<b>"}',
    '{"kind":"text","text":""}',
    `{"kind":"text","text":"${'x'.repeat(LIMITS.textLength + 1)}"}`,
    String.raw`{"kind":"text","text":"\u0000"}`,
    String.raw`{"kind":"text","text":"\ud800"}`,
    String.raw`{"kind":"text","text":"x\udc00x"}`,
  ]
  const before = await readAll()
  for (const body of bodies) {
    const answers = await askBoth(`{"conversation":${conversation},"id":"${crypto.randomUUID()}","body":${body}}`)
    for (const answer of answers) expect([body, answer]).toEqual([body, { ok: false, code: 'bad_request' }])
  }
  expect(await readAll()).toEqual(before)
  await expectServing(wire)
  wire.close()
})

test('10^5 keys, and nesting as deep as a frame is long, are refused', async () => {
  const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [index, 0]))
  expect((await post(url, 'people.find', { query: keys }, bearer(one))).status).toBe(413)
  const most = Object.fromEntries(Array.from({ length: 6_000 }, (_, index) => [index, 0]))
  expect((await post(url, 'people.find', { query: most }, bearer(one))).answer).toMatchObject({ code: 'bad_request' })
  const depth = 32_000
  const wire = await openWire(url, one)
  for (const deepest of [
    `${'['.repeat(depth)}${']'.repeat(depth)}`,
    `${'{"":'.repeat(12_000)}0${'}'.repeat(12_000)}`,
  ]) {
    expect((await post(url, 'sync', deepest, bearer(one))).answer).toMatchObject({ code: 'bad_request' })
    const framed = await wire.askRaw(5, `{"id":5,"op":"sync","in":${deepest}}`)
    expect(framed).toMatchObject({ code: 'bad_request' })
  }
  await expectServing(wire)
  wire.close()
})

test('names, greetings and devices with marks that break or turn a line are refused', async () => {
  const marks = [
    '\\u0000',
    '\\n',
    '\\r\\n',
    '\\u001b[31m',
    '\\u0085',
    '\\u2028',
    '\\u202e',
    '\\u2066',
    '\\ud800',
    '\\udc00',
  ]
  const before = await readAll()
  const twice = `"password":"${password}","confirm":"${password}"`
  for (const mark of marks) {
    const spoilt = `"a${mark}b"`
    const requests: readonly (readonly [OperationName, string])[] = [
      ['accounts.signUp', `{"name":${spoilt},${twice}}`],
      ['accounts.signUp', `{"name":"fine",${twice},"device":${spoilt}}`],
      ['sessions.logIn', `{"login":"${one.me.number}","password":"${password}","device":${spoilt}}`],
      ['contacts.request', `{"number":${admin.me.number},"greeting":${spoilt}}`],
    ]
    for (const [name, text] of requests) {
      const { answer } = await post(url, name, text, bearer(one))
      expect([text, answer]).toEqual([text, { ok: false, code: 'bad_request' }])
    }
  }
  expect(await readAll()).toEqual(before)
})

test('numbers at their limits are taken for what they are', async () => {
  const wire = await openWire(url, one)
  const most = Number.MAX_SAFE_INTEGER
  expect(await wire.ask('conversations.read', { conversation, seq: most })).toEqual({
    ok: true,
    value: { read_seq: 0 },
  })
  expect(await wire.ask('messages.page', { conversation, before: most })).toMatchObject({ ok: true })
  expect(await wire.ask('messages.page', { conversation: most })).toEqual({ ok: false, code: 'not_member' })
  expect(await wire.ask('sync', { rev: most, heads: [[most, most]] })).toMatchObject({ ok: true })
  expect(await wire.ask('contacts.request', { number: LIMITS.lastNumber })).toEqual({ ok: false, code: 'not_found' })
  const answers = await Promise.all(
    ['1.0', '1e0', '-0'].map((number) => post(url, 'sync', `{"rev":${number}}`, bearer(one))),
  )
  for (const { answer } of answers) expect(answer.ok).toBe(true)
  wire.close()
})

test('keys of the prototype change nothing, here or there', async () => {
  const proto = '{"polluted":true,"query":"o","role":"admin"}'
  const texts = [
    `{"__proto__":${proto}}`,
    `{"constructor":{"prototype":${proto}}}`,
    `{"query":"o","__proto__":${proto}}`,
  ]
  for (const text of texts)
    expect((await post(url, 'people.find', text, bearer(one))).answer).toEqual({ ok: false, code: 'bad_request' })
  expect((await post(url, '__proto__', {}, bearer(one))).answer).toEqual({ ok: false, code: 'unknown_operation' })
  // The server runs in this process: what it spoilt would be spoilt here.
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  expect((await post(url, 'tickets.invite', {}, bearer(one))).answer).toEqual({ ok: false, code: 'forbidden' })
})

test('an invite redeemed 100 times at once makes one account', async () => {
  const invited = await post(url, 'tickets.invite', {}, bearer(admin))
  if (!invited.answer.ok) throw new Error(invited.text)
  const { ticket } = invited.answer.value as { ticket: string }
  const mark = crypto.randomUUID().slice(0, 8)
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      post(url, 'accounts.signUp', { name: `${mark} ${index}`, password, confirm: password, ticket }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  // The queue of passwords is short: who waits too long is told to come later, and has not used the ticket.
  const refused = answers.flatMap(({ answer }) => (answer.ok ? [] : [answer.code]))
  expect(refused.filter((code) => code !== 'ticket_invalid' && code !== 'unavailable')).toEqual([])
  const found = await post(url, 'people.find', { query: mark }, bearer(one))
  expect(found.answer).toMatchObject({ ok: true, value: { people: [{}] } })
  expect((await post(url, 'tickets.read', { ticket })).answer).toEqual({ ok: false, code: 'ticket_invalid' })
  await signUp(url, `${mark} after`)
})
