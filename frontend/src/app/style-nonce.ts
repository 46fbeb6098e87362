/** The nonce of this page, by which its policy lets `<style>` elements in. The server writes it anew in each answer. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
