import { useState } from 'react'
import { useReadable } from '../../lectern/readable.ts'
import { useRefusedFiles, useUploads } from '../../lectern/uploads-context.tsx'
import { part, usePart } from '../../ui/part.tsx'

const tray = part(async () => (await import('../../features/files/tray/uploads-tray.tsx')).UploadsTray)

/** Where uploads are shown: nothing until there is one, and from then on always, since it tells of each that ends. */
export function UploadsHost() {
  const hasSome = useUploads().length + useReadable(useRefusedFiles()).length > 0
  const [isWanted, setWanted] = useState(hasSome)
  if (hasSome && !isWanted) setWanted(true)
  const Tray = usePart(tray, isWanted)
  return Tray === undefined || !isWanted ? null : <Tray />
}
