import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Whether students wait until staff is there. */
export function LobbyChoice({ value, onChange }: { value: boolean; onChange: (lobby: boolean) => void }) {
  const { t } = useTranslation('classes')
  return (
    <Radio.Group
      mt="md"
      label={t('lobby.label')}
      value={value ? 'lobby' : 'open'}
      onChange={(chosen) => onChange(chosen === 'lobby')}
    >
      <Stack gap={10} mt={8}>
        <Radio value="lobby" label={t('lobby.wait')} description={t('lobby.waitText')} />
        <Radio value="open" label={t('lobby.open')} description={t('lobby.openText')} />
      </Stack>
    </Radio.Group>
  )
}
