import { useTranslation } from 'react-i18next'

/** As `84%`, in the language's own writing. @returns of a number from 0 to 100 */
export function usePercentText(): (percent: number) => string {
  const { i18n } = useTranslation()
  const { format } = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 })
  // What is not all of it is not written as all of it.
  return (percent) => format((percent < 100 ? Math.floor(percent) : percent) / 100)
}
