import { createHash } from 'node:crypto'
import { escapeHtml } from '../shared/html.ts'
import { SETUP_TEXTS, type SetupLanguage } from './setup-page.texts.ts'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f3f4f8, #15171c); }
main { box-sizing: border-box; width: min(26rem, 100vw); padding: 2rem; border-radius: 12px; color: light-dark(#1d2330, #e8eaf0);
  background: light-dark(#fff, #20242c); box-shadow: 0 2px 24px rgb(0 0 0 / .12); }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; }
p { margin: 0 0 1rem; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input { box-sizing: border-box; width: 100%; padding: .6rem .75rem; font: inherit; border: 1px solid light-dark(#8a92a6, #5b6478); border-radius: 8px; }
small { color: light-dark(#5a6275, #a6aec0); }
button { width: 100%; margin-top: 1.5rem; padding: .7rem; font: inherit; font-weight: 600; color: #fff; background: #2f5bd7; border: 0; border-radius: 8px; cursor: pointer; }
button:hover { background: #264bb3; }
:focus-visible { outline: 3px solid #7da0ff; outline-offset: 2px; }
[role=alert] { padding: .6rem .75rem; border-radius: 8px; color: #8a1c1c; background: #fdeaea; }
code { overflow-wrap: anywhere; }
`

/** The page's own policy: nothing but its style, and a form that comes back here. */
export const SETUP_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
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
<input id="name" name="name" required maxlength="100" autocomplete="name" value="${escapeHtml(name)}">
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

export function refusedPage(language: SetupLanguage): string {
  const { refused, refusedLead } = SETUP_TEXTS[language]
  return page(language, refused, `<p>${refusedLead}</p>`)
}

const page = (language: SetupLanguage, title: string, content: string): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
<main><h1>${title}</h1>
${content}
</main>
</html>
`
