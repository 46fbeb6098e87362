import type { InClass } from '@lectern/client/classes'
import { VisuallyHidden } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClassroom } from '../class-context.tsx'
import { listOf } from './list-of.ts'
import { type News, newsBetween } from './news.ts'

/** What comes within this is said together. */
const GATHER_MS = 1000
/** More names at once are counted. */
const NAMES = 3
/** Said already; kept so that what is the same twice is said twice. */
const KEPT = 5

interface Line {
  readonly key: number
  readonly text: string
}

function lineOf(news: News, t: TFunction<'class'>, language: string): string {
  if (!('names' in news)) return t(`news.${news.kind}`)
  const { kind, names } = news
  const said = names.length > NAMES ? t('news.people', { count: names.length }) : listOf(names, language)
  return t(`news.${kind}`, { names: said })
}

/** Tells a screen reader who comes and goes, raises a hand or is muted, without breaking in. */
export function ClassAnnouncer({ first }: { first: InClass }) {
  const classroom = useClassroom()
  const { t, i18n } = useTranslation('class')
  const [lines, setLines] = useState<readonly Line[]>([])
  const heard = useRef(first)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const say = () => {
      timer = undefined
      const state = classroom.getSnapshot()
      if (state.status !== 'joined') return
      const texts = newsBetween(heard.current, state).map((news) => lineOf(news, t, i18n.language))
      heard.current = state
      if (texts.length === 0) return
      setLines((said) => {
        const next = (said.at(-1)?.key ?? 0) + 1
        return [...said, ...texts.map((text, index) => ({ key: next + index, text }))].slice(-KEPT)
      })
    }
    const stop = classroom.subscribe(() => {
      timer ??= setTimeout(say, GATHER_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [classroom, t, i18n.language])
  return (
    <VisuallyHidden aria-live="polite" aria-relevant="additions" data-announcer="">
      {lines.map(({ key, text }) => (
        <div key={key}>{text}</div>
      ))}
    </VisuallyHidden>
  )
}
