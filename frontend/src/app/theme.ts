import { type CSSVariablesResolver, createTheme, localStorageColorSchemeManager } from '@mantine/core'
import styles from './theme.module.css'

const FONT = "'Inter Variable', 'Lectern Emoji', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  colors: {
    dark: [
      '#d5d7dc',
      '#b4b7bf',
      '#969aa4',
      '#5f636d',
      '#3b3e46',
      '#2e3138',
      '#25272d',
      '#1a1b1e',
      '#141518',
      '#0f1012',
    ],
  },
  components: {
    Modal: {
      defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.45 } },
      classNames: { title: styles['modalTitle'] ?? '', header: styles['modalHeader'] ?? '' },
    },
    Drawer: { classNames: { title: styles['modalTitle'] ?? '' } },
    InputWrapper: {
      classNames: { label: styles['label'] ?? '', description: styles['hint'] ?? '', error: styles['hint'] ?? '' },
    },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 400 } },
    // Its placeholder for the first focus is no item, which a menu may not hold (ARIA).
    Menu: {
      defaultProps: { shadow: 'md', radius: 'md', withInitialFocusPlaceholder: false },
      classNames: { itemIndicator: styles['menuCheck'] ?? '' },
    },
  },
})

/** Mantine's own dimmed and placeholder colours are below the contrast of WCAG AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c6370',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-text': '#1c1e22',
    '--mantine-color-error': 'var(--mantine-color-red-8)',
  },
  dark: {
    '--mantine-color-dimmed': '#9ba0ab',
    '--mantine-color-placeholder': '#8b909b',
    '--mantine-color-text': '#dcdee3',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    // Mantine's own is darker than what it lies upon.
    '--mantine-color-gray-light-hover': 'rgb(255 255 255 / 9%)',
  },
})

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'lectern.color-scheme' })

/** What is shown where somebody chose nothing: what their system shows. */
export const DEFAULT_COLOR_SCHEME = 'auto'

/** Before the first render, which would flash in the other colours else. */
export function applyColorScheme(): void {
  const chosen = colorSchemeManager.get(DEFAULT_COLOR_SCHEME)
  const isDark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
}
