import type { Upload, UploadTarget } from '@lectern/client'
import { createContext, type ReactNode, use, useCallback, useState } from 'react'
import { ClaimedUploads } from './claimed-uploads.ts'
import { useClient } from './client-context.tsx'
import { useReadable } from './readable.ts'
import { RefusedFiles } from './refused-files.ts'
import { refusalOf } from './upload-refusal.ts'

interface UploadsOfPage {
  /** What was chosen and not sent. */
  readonly refused: RefusedFiles
  readonly claimed: ClaimedUploads
}

const UploadsContext = createContext<UploadsOfPage | undefined>(undefined)

/** Keeps for everything inside what the client does not know of uploads. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const [ofPage] = useState(() => ({ refused: new RefusedFiles(), claimed: new ClaimedUploads() }))
  return <UploadsContext value={ofPage}>{children}</UploadsContext>
}

function useUploadsOfPage(): UploadsOfPage {
  const ofPage = use(UploadsContext)
  if (ofPage === undefined) throw new Error('UploadsProvider is missing.')
  return ofPage
}

export const useRefusedFiles = (): RefusedFiles => useUploadsOfPage().refused

export const useClaimedUploads = (): ClaimedUploads => useUploadsOfPage().claimed

/** Everything on its way, oldest first: of earlier pages and other tabs too. */
export const useUploads = (): readonly Upload[] => useReadable(useClient().uploads.list)

/** Begins to send what can be sent; the rest is told in the tray, with the reason. @returns what is on its way now */
export function useStartUploads(): (files: readonly File[], target: UploadTarget) => readonly Upload[] {
  const { uploads } = useClient()
  const refused = useRefusedFiles()
  return useCallback(
    (files: readonly File[], target: UploadTarget) =>
      files.flatMap((file) => {
        const refusal = refusalOf(file)
        if (refusal === undefined) return [uploads.start(file, target)]
        refused.add(file, refusal)
        return []
      }),
    [uploads, refused],
  )
}
