import { type ComponentType, cloneElement, type ReactElement, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { part, usePart } from './part.tsx'
import styles from './popup-on-demand.module.css'
import { toastFailed } from './toast.tsx'
import { useAhead } from './use-ahead.ts'

interface ButtonProps {
  'aria-haspopup'?: 'menu' | 'dialog'
  'aria-expanded'?: boolean
  onClick?: () => void
}

/** One element that takes a ref. */
export type PopupButton = ReactElement<ButtonProps>

interface PopupProps {
  opened: boolean
  onClose: () => void
  /** What opens it. */
  children: PopupButton
}

/**
 * What opens at a button, and whose script is fetched when it is first opened, or ahead of that. Where that fails it says
 * so, and stays closed.
 */
export function popupOnDemand<Props extends PopupProps>(
  kind: 'menu' | 'dialog',
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props & { onOpen: () => void }> {
  const popup = part(load)
  return function PopupOnDemand(props) {
    const { t } = useTranslation('common')
    const { opened, onOpen, onClose, children } = props
    useAhead(popup.fetch)
    const Popup = usePart(popup, opened, () => {
      toastFailed(t('chunk.title'))
      onClose()
    })
    if (Popup !== undefined) return <Drawn Popup={Popup} props={props} />
    return cloneElement(children, { 'aria-haspopup': kind, 'aria-expanded': opened, onClick: onOpen })
  }
}

/** The button is another element now. It has the focus before the popup opens, which gives it back to it. */
function Drawn<Props extends PopupProps>({ Popup, props }: { Popup: ComponentType<Props>; props: Props }) {
  const { opened } = props
  const [isDrawn, setDrawn] = useState(!opened)
  const place = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (isDrawn) return
    place.current?.querySelector('button')?.focus({ preventScroll: true })
    setDrawn(true)
  }, [isDrawn])
  return (
    <span ref={place} className={styles['place']}>
      <Popup {...props} opened={opened && isDrawn} />
    </span>
  )
}
