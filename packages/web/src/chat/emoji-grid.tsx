/** A few emoji that most messages need. */
import styles from './emoji-picker.module.css'

const emoji = [
  '😀 😄 😁 😂 🤣 😊 😉 😍 🥰 😘 😋 😎 🤔 😏 😴 😅 😢 😭 😤 😡 😱 🥳 🤗 🤝',
  '👍 👎 👌 👏 🙏 💪 👋 ✌️ ❤️ 💔 💯 ✨ 🎉 🎂 🌹 🍻 ☕ 🍜 🌞 🌙 🔥 ⚽ 🎵 🐦',
].flatMap((line) => line.split(' '))

export function EmojiGrid({ onPick }: { readonly onPick: (emoji: string) => void }) {
  return (
    <div className={styles.grid}>
      {emoji.map((one) => (
        <button key={one} type="button" className={styles.emoji} onClick={() => onPick(one)}>
          {one}
        </button>
      ))}
    </div>
  )
}
