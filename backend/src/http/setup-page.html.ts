import { createHash } from 'node:crypto'
import { escapeHtml } from '../shared/html.ts'
import { SETUP_TEXTS, type SetupLanguage } from './setup-page.texts.ts'

/** The colours, the type and the measures of the web client, without its files: this page is there before they are. */
const STYLE = `
:root { color-scheme: light dark; --accent: light-dark(#4263eb, #3b5bdb); --text: light-dark(#1c1e22, #dcdee3);
  --dimmed: light-dark(#5c6370, #9ba0ab); --line: light-dark(#e4e6ea, #2c2f36); --edge: light-dark(#ced4da, #3b3e46);
  --sunken: light-dark(#f6f7f9, #141518); --surface: light-dark(#fff, #1a1b1e); --field: light-dark(#fff, #25272d);
  font: 1rem/1.55 'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; padding: max(1.5rem, env(safe-area-inset-top)) 1rem max(1.5rem, env(safe-area-inset-bottom));
  display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 1.5rem;
  color: var(--text); background: var(--sunken); -webkit-font-smoothing: antialiased; }
header { display: flex; align-items: center; gap: .625rem; font-size: 1.25rem; font-weight: 700; letter-spacing: -.01em; }
header svg { width: 2rem; height: 2rem; }
main { width: min(26rem, 100%); padding: 2rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--surface);
  box-shadow: 0 1px 3px rgb(0 0 0 / .05), 0 10px 24px -8px rgb(0 0 0 / .08); }
h1 { margin: 0 0 .25rem; font-size: 1.375rem; line-height: 1.35; letter-spacing: -.01em; text-wrap: balance; }
p { margin: 0; color: var(--dimmed); font-size: .9375rem; }
p + p { margin-top: .75rem; }
label { display: block; margin: 1.25rem 0 .25rem; font-size: .875rem; font-weight: 500; }
input { width: 100%; height: 2.625rem; padding: 0 .75rem; font: inherit; color: inherit; border: 1px solid var(--edge); border-radius: .5rem;
  background: var(--field); }
small { display: block; margin-top: .25rem; color: var(--dimmed); font-size: .8125rem; }
button, a { display: block; width: 100%; margin-top: 1.75rem; padding: .5625rem 1rem; font: inherit; font-weight: 600; text-align: center;
  text-decoration: none; color: #fff; background: var(--accent); border: 0; border-radius: .5rem; cursor: pointer; }
button:hover, a:hover { background: light-dark(#3b5bdb, #364fc7); }
:focus-visible { outline: 2px solid light-dark(#4263eb, #748ffc); outline-offset: 2px; }
input:focus-visible { outline-offset: -1px; }
[role=alert] { margin-top: 1rem; padding: .625rem .75rem; border-radius: .5rem; color: light-dark(#c92a2a, #ffa8a8); background: light-dark(#fff5f5, #3b1d1d); }
code { overflow-wrap: anywhere; color: var(--text); font-size: .875rem; }
@media (max-width: 30rem) { main { padding: 1.5rem; } }
`

const LOGO = `<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#4263eb"/><path d="M7 9.5 25 7v9L7 18.5z" fill="#fff"/><path d="M16 18.5v5.5M10.5 25h11" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></svg>`

/** The page's own policy: nothing but its style and the site's icon, and a form that comes back here. */
export const SETUP_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

export interface SetupForm {
  readonly token: string
  readonly name: string
  readonly email: string
  readonly problem: 'invalid' | 'conflict' | undefined
}

export function formPage(language: SetupLanguage, { token, name, email, problem }: SetupForm): string {
  const texts = SETUP_TEXTS[language]
  const alert = problem === undefined ? '' : `<p role="alert">${texts[problem]}</p>`
  return page(
    language,
    texts.title,
    `<p>${texts.lead}</p>${alert}
<form method="post" action="/setup" autocomplete="on">
<input type="hidden" name="token" value="${escapeHtml(token)}">
<label for="name">${texts.name}</label>
<input id="name" name="name" required maxlength="100" autocomplete="name" autofocus value="${escapeHtml(name)}">
<label for="email">${texts.email}</label>
<input id="email" name="email" type="email" required maxlength="254" autocomplete="username" value="${escapeHtml(email)}">
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" required minlength="10" maxlength="200" autocomplete="new-password" aria-describedby="hint">
<small id="hint">${texts.passwordHint}</small>
<button>${texts.submit}</button>
</form>`,
  )
}

export function donePage(language: SetupLanguage, loginUrl: string): string {
  const { done, doneLead, doneHint } = SETUP_TEXTS[language]
  return page(language, done, `<p>${doneLead}</p><p>${doneHint}<br><code>POST ${escapeHtml(loginUrl)}</code></p>`)
}

/** @param home the path of the web client; undefined where there is none */
export function refusedPage(language: SetupLanguage, home: string | undefined): string {
  const { refused, refusedLead, open } = SETUP_TEXTS[language]
  const link = home === undefined ? '' : `<a href="${escapeHtml(home)}">${open}</a>`
  return page(language, refused, `<p>${refusedLead}</p>${link}`)
}

const page = (language: SetupLanguage, title: string, content: string): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${STYLE}</style>
<header>${LOGO}Lectern</header>
<main><h1>${title}</h1>
${content}
</main>
</html>
`
