import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface FormButtonsProps {
  submitLabel: string
  isUnderWay: boolean
  onCancel: () => void
}

/** The end of a form that one can leave. */
export function FormButtons({ submitLabel, isUnderWay, onCancel }: FormButtonsProps) {
  const { t } = useTranslation('common')
  return (
    <Group justify="flex-end" mt="lg" gap="xs">
      <Button variant="default" onClick={onCancel}>
        {t('cancel')}
      </Button>
      <Button type="submit" loading={isUnderWay}>
        {submitLabel}
      </Button>
    </Group>
  )
}
