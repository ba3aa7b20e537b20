/** Opens a chat in a window of its own, as the old client did; a chat that has one is brought to the front. */

const features = 'popup,width=420,height=640'

export function openChatWindow(id: number): void {
  const path = `/w/${id}`
  // A window is found by its name, also after this page was loaded again. Only a new one is sent anywhere: the one
  // that is there keeps its place and what is being written in it.
  const opened = window.open('', `chat-${id}`, features)
  if (opened === null) return
  if (opened.location.pathname !== path) opened.location.assign(path)
  opened.focus()
}
