import { useComputedColorScheme } from '@mantine/core'
import { useEffect } from 'react'

const COLORS = { light: '#ffffff', dark: '#1a1b1e' }

/** Has a phone draw its own bars in the colours chosen here, which may be other than its system's. */
export function ThemeColor() {
  const scheme = useComputedColorScheme('light')
  useEffect(() => {
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
      meta.content = COLORS[scheme]
    }
  }, [scheme])
  return null
}
