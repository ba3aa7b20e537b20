/** What both stores ask about what others see of somebody. */
export const personOf = 'SELECT number, name, signature, avatar FROM accounts WHERE number = $1'
export const setProfile = `UPDATE accounts
  SET name = coalesce($1, name), folded_name = coalesce($2, folded_name), signature = coalesce($3, signature),
    avatar = coalesce($4, avatar)
  WHERE number = $5`
/** Those who have somebody in a row of their own. */
export const contactOwners = 'SELECT owner FROM contacts WHERE peer = $1 ORDER BY owner'
export const chatOwners = `SELECT m.owner, m.conversation FROM conversations v
  JOIN memberships m ON m.conversation = v.conversation
  WHERE v.kind = 'direct' AND (v.low = +$1 OR v.high = +$1) AND (m.owner <> +$1 OR v.low = v.high)
  ORDER BY m.owner, m.conversation`
export const readAvatar = 'SELECT type, bytes FROM avatars WHERE name = $1'
export const putAvatar = 'INSERT INTO avatars (name, type, bytes) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING'
export const avatarName = 'SELECT avatar FROM accounts WHERE number = $1'
export const dropAvatar = `DELETE FROM avatars
  WHERE name = $1 AND NOT EXISTS (SELECT 1 FROM accounts WHERE avatar = $1 AND avatar <> '')`
