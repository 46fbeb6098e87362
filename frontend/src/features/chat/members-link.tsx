import { Button } from '@mantine/core'
import { UserPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'

/** To where students are invited. */
export function MembersLink({ courseId }: { courseId: string }) {
  const { t } = useTranslation('chat')
  return (
    <Button
      component={Link}
      href={`/courses/${courseId}/members`}
      variant="default"
      leftSection={<UserPlus size={16} />}
    >
      {t('room.invite')}
    </Button>
  )
}
