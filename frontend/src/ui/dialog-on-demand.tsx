import { type ComponentType, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { part, usePart } from './part.tsx'
import { toastFailed } from './toast.tsx'
import { useAhead } from './use-ahead.ts'

interface DialogProps {
  opened: boolean
  onClose: () => void
}

/** A dialog whose script is fetched when it is first opened, or ahead of that. Where that fails it says so, and closes. */
export function dialogOnDemand<Props extends DialogProps>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const dialog = part(load)
  return function DialogOnDemand(props) {
    const { t } = useTranslation('common')
    useAhead(dialog.fetch)
    const Dialog = usePart(dialog, props.opened, () => {
      toastFailed(t('chunk.title'))
      props.onClose()
    })
    return Dialog === undefined ? null : <Drawn Dialog={Dialog} props={props} />
  }
}

/** Drawn closed first: what has the focus then gets it back when the dialog closes. */
function Drawn<Props extends DialogProps>({ Dialog, props }: { Dialog: ComponentType<Props>; props: Props }) {
  const [isDrawn, setDrawn] = useState(false)
  useLayoutEffect(() => setDrawn(true), [])
  return <Dialog {...props} opened={props.opened && isDrawn} />
}
