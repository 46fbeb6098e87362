import { LecternError } from '@lectern/client'
import { LIMITS } from '@lectern/protocol'
import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useMe } from '../../lectern/client-context.tsx'
import { useErrorText } from '../../lectern/error-text.ts'
import { useSession } from '../../lectern/session-context.ts'
import { toastDone } from '../../ui/toast.tsx'
import { isName } from './checks.ts'
import styles from './settings-page.module.css'

export function NameForm() {
  const { t } = useTranslation(['account', 'common'])
  const { api } = useClient()
  const { name: present } = useMe()
  const session = useSession()
  const errorText = useErrorText()
  const [isUnderWay, setUnderWay] = useState(false)
  const form = useForm({
    initialValues: { name: present },
    validate: { name: (name) => (isName(name) ? null : t('fields.nameInvalid', { max: LIMITS.name })) },
  })
  const save = form.onSubmit(async (values) => {
    setUnderWay(true)
    try {
      const { data } = await api.updateMe({ body: values })
      session.changed(data)
      form.setValues({ name: data.name })
      toastDone(t('settings.saved'))
    } catch (error) {
      const isElsewhere = error instanceof LecternError && error.code === 'FORBIDDEN'
      form.setFieldError('name', isElsewhere ? t('settings.nameElsewhere') : errorText(error))
    } finally {
      setUnderWay(false)
    }
  })
  return (
    <form className={styles['row']} onSubmit={save} noValidate>
      <TextInput
        name="name"
        label={t('fields.name')}
        description={t('fields.nameHint')}
        autoComplete="name"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...form.getInputProps('name')}
      />
      {form.values.name.trim() !== present && (
        <Button type="submit" loading={isUnderWay}>
          {t('common:save')}
        </Button>
      )}
    </form>
  )
}
