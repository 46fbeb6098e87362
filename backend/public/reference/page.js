// Adds what needs a script to a page that is whole without it: the filter, and the buttons that copy an example.

const filter = document.querySelector('.filter')
const input = filter.querySelector('input')
const nothing = document.querySelector('.nothing')

const entries = [...document.querySelectorAll('.entry')].map((element) => ({
  element,
  link: document.querySelector(`nav a[href="#${CSS.escape(element.id)}"]`)?.parentElement,
  text: element.textContent.toLowerCase(),
}))
const sections = [...document.querySelectorAll('main section')].filter((section) => section.querySelector('.entry'))

function show() {
  const words = input.value.toLowerCase().split(/\s+/)
  for (const { element, link, text } of entries) {
    element.hidden = !words.every((word) => text.includes(word))
    if (link) link.hidden = element.hidden
  }
  for (const section of sections) section.hidden = !section.querySelector('.entry:not([hidden])')
  document.querySelector('.introduction').hidden = input.value.trim() !== ''
  nothing.hidden = sections.some((section) => !section.hidden)
}

function addCopyButton(example) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(example.querySelector('code').textContent)
    button.textContent = 'Copied'
    button.addEventListener('blur', () => (button.textContent = 'Copy'), { once: true })
  })
  example.append(button)
}

filter.hidden = false
input.addEventListener('input', show)
// A link into what the filter hides shows it all again.
window.addEventListener('hashchange', () => {
  const target = document.getElementById(location.hash.slice(1))
  if (!target?.closest('[hidden]')) return
  input.value = ''
  show()
  target.scrollIntoView()
})
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return
  event.preventDefault()
  input.focus()
})
// Browsers give the clipboard to secure origins alone.
if (navigator.clipboard) for (const example of document.querySelectorAll('.example')) addCopyButton(example)
