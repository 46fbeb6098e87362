import type { CourseRecord } from '@lectern/protocol'
import { useMemo } from 'react'
import { useMe } from '../../lectern/client-context.tsx'
import type { Viewer } from './file-permissions.ts'

export function useViewer({ role }: CourseRecord): Viewer {
  const { id } = useMe()
  return useMemo(() => ({ id, role }), [id, role])
}
