/** The fields that requests are made of, each with its limits. */
import { z } from 'zod'
import { LIMITS } from './limits.ts'

/**
 * Control characters, line separators and invisible marks (Trojan Source, CVE-2021-42574); but not the two joiners and
 * the tags that scripts and emoji are made with.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}[\p{Cf}--[\u200C-\u200D\u{E0020}-\u{E007F}]]]/v

const wellFormed = (text: string) => text.isWellFormed()

function line(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .refine(wellFormed)
    .refine((text) => !unprintable.test(text))
}

/** What is only compared, and need not be well-formed to be wrong. */
function typed(maxLength: number) {
  return z.string().max(maxLength)
}

/** A user's number, for ever: 10001 and up. */
export const number = z.int().min(LIMITS.firstNumber).max(LIMITS.lastNumber)

/** A number of eleven digits, as the old campus gave them: what somebody may choose for themselves. */
export const campusNumber = number.min(10_000_000_000)

/** A name to show and, at sign-up, to log in with. Not only digits: those are numbers. */
export const name = line(LIMITS.nameLength)
  .transform((text) => text.normalize('NFC').trim())
  .refine(
    (text) => /[^\p{Cf}\p{M}\p{Z}]/u.test(text) && !/^\d+$/.test(text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '')),
  )

/** What somebody types to log in: a number or a user name. */
export const login = typed(LIMITS.nameLength).min(1)

/** A number, or a part of a name. */
export const query = typed(LIMITS.nameLength).min(1)

export const sessionId = typed(64)

/** A password to be. How long it must be is core's to say: it depends on who asks. */
export const password = typed(LIMITS.passwordMaxLength).min(1)

/** A password as typed to prove who one is: whatever it is, it is only compared. */
export const typedPassword = typed(LIMITS.passwordMaxLength)

/** A session's or a one-time link's secret: 32 random bytes in base64url (RFC 4648). */
export const secret = z.string().regex(/^[\w-]{43}$/)

/** What an authenticator app shows, or a recovery code, as somebody types it. */
export const code = typed(32)

export const passkeyName = line(LIMITS.passkeyNameLength)
  .transform((value) => value.normalize('NFC').trim())
  .refine((value) => value !== '')

/** The secret of a second factor: 20 bytes in base32 (RFC 4648). */
export const totpSecret = z.string().regex(/^[A-Z2-7]{32}$/)

/** Bytes in base64url. */
export const bytes = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .regex(/^[\w-]+$/)

export const passkeyId = bytes(1_400)

export const greeting = line(LIMITS.greetingLength)

export const signature = line(LIMITS.signatureLength).transform((value) => value.normalize('NFC').trim())

export const remark = line(LIMITS.remarkLength).transform((value) => value.normalize('NFC').trim())

export const contactGroup = line(LIMITS.contactGroupLength).transform((value) => value.normalize('NFC').trim())

/** What a group is called: anything that can be seen. */
export const groupName = line(LIMITS.groupNameLength)
  .transform((value) => value.normalize('NFC').trim())
  .refine((value) => /[^\p{Cf}\p{M}\p{Z}]/u.test(value))

export const notice = z
  .string()
  .max(LIMITS.noticeLength)
  .refine((value) => wellFormed(value) && !value.includes('\0'))

/** One emoji as people see it (UTS #51), however many code points it is made of. */
export const emoji = z
  .string()
  .max(32)
  .refine((value) => /^\p{RGI_Emoji}$/v.test(value))

export const deviceName = line(LIMITS.deviceNameLength)

/** A message's id, made by the client before it sends: a UUID (RFC 9562; version 7 by our own clients), lower case. */
export const messageId = z.string().regex(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/)

/** A message's text. NUL is refused since not every store can keep it. */
export const text = z
  .string()
  .min(1)
  .max(LIMITS.textLength)
  .refine((value) => wellFormed(value) && !value.includes('\0'))

export const conversation = z.int().positive()
export const seq = z.int().nonnegative()
export const rev = z.int().nonnegative()
/** Where a page of members ended: the role's rank (0 for the owner) and the number. */
export const memberPlace = z.tuple([z.int().min(0).max(2), number])
/** Milliseconds since 1970; for showing only, never for ordering. */
export const time = z.int().nonnegative()
