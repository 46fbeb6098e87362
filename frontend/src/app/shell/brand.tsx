import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Logo } from '../../ui/logo.tsx'
import styles from './brand.module.css'

export function Brand() {
  const { t } = useTranslation('common')
  return (
    <Link href="/" className={styles['brand']} aria-label={t('brandHome')}>
      <Logo size={28} />
      <span aria-hidden="true">{t('product')}</span>
    </Link>
  )
}
