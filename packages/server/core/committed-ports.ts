/** What a write to the store answers. */
import type { ErrorCode, Result } from '@rookery/protocol'

export type Committed<Value, Code extends ErrorCode = never> = Promise<
  Result<Value, Code | 'storage_full' | 'unavailable'>
>
