import { useEffect, useState } from 'react'
import { bringsFiles } from '../ui/dropped-files.ts'
import type { RefusedFiles } from './refused-files.ts'

interface Dropped {
  readonly files: readonly File[]
  /** Names. */
  readonly directories: readonly string[]
}

/** What is read of it has to be read while it is dropped: later the browser has forgotten it. */
function droppedIn({ items }: DataTransfer): Dropped {
  const files: File[] = []
  const directories: string[] = []
  for (const item of items) {
    // Not every browser gives a directory out as a file.
    const entry = item.webkitGetAsEntry()
    const file = item.getAsFile()
    if (entry?.isDirectory === true) directories.push(entry.name)
    else if (file !== null) files.push(file)
  }
  return { files, directories }
}

/**
 * Takes files that are dropped anywhere on the page. Where nothing is taken, they are not opened either: that would leave
 * the page.
 * @param onFiles undefined where nothing is taken
 * @param refused is told of directories
 * @returns whether files are held over the page that would be taken
 */
export function useFileDrop(
  onFiles: ((files: readonly File[]) => void) | undefined,
  refused: Pick<RefusedFiles, 'add'>,
): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const listening = new AbortController()
    const listen = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void) => {
      const onlyFiles = (event: DragEvent) => {
        if (bringsFiles(event.dataTransfer)) listener(event)
      }
      addEventListener(type, onlyFiles, { signal: listening.signal })
    }
    listen('dragenter', () => setOver(onFiles !== undefined))
    listen('dragover', (event) => {
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = onFiles === undefined ? 'none' : 'copy'
    })
    // It has left the window when it goes to no other element.
    listen('dragleave', ({ relatedTarget }) => relatedTarget === null && setOver(false))
    listen('drop', (event) => {
      event.preventDefault()
      setOver(false)
      if (onFiles === undefined || event.dataTransfer === null) return
      const { files, directories } = droppedIn(event.dataTransfer)
      for (const name of directories) refused.add({ name, size: 0 }, { kind: 'directory' })
      onFiles(files)
    })
    return () => {
      listening.abort()
      setOver(false)
    }
  }, [onFiles, refused])
  return isOver
}
