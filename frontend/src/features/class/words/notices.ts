import type { DeviceProblem, InClass, LocalMediaState, QualityReason } from '@lectern/client/classes'

/** What one has to know of one's own part in a class while it is so. */
export type Notice =
  | { readonly kind: 'recovering' }
  | { readonly kind: 'sharing' }
  | { readonly kind: 'mutedBy'; readonly userId: string }
  | { readonly kind: 'cameraLimit'; readonly limit: number }
  | { readonly kind: 'fewerPixels' | 'videoOff'; readonly reason: QualityReason }
  | { readonly kind: 'unplugged'; readonly device: 'microphone' | 'camera'; readonly hasOther: boolean }
  | { readonly kind: 'device'; readonly device: 'microphone' | 'camera'; readonly problem: DeviceProblem }
  | { readonly kind: 'screen'; readonly problem: Exclude<DeviceProblem, 'denied'> | 'taken' }

type OfClass = Pick<InClass, 'signal' | 'screen' | 'mutedBy' | 'cameraLimit' | 'adaptation'>
type OfMedia = Pick<LocalMediaState, 'microphone' | 'camera' | 'unplugged'>

/** The most pressing first. */
export function noticesOf(inClass: OfClass, media: OfMedia): readonly Notice[] {
  return [...ofConnection(inClass), ...ofMedia(media), ...ofPerson(inClass)]
}

function ofConnection({ signal, adaptation }: OfClass): Notice[] {
  const recovering: Notice[] = signal === 'recovering' ? [{ kind: 'recovering' }] : []
  switch (adaptation.step) {
    case 'full':
      return recovering
    case 'fewer_pixels':
      return [...recovering, { kind: 'fewerPixels', reason: adaptation.reason }]
    case 'video_off':
      return [...recovering, { kind: 'videoOff', reason: adaptation.reason }]
  }
}

function ofMedia({ microphone, camera, unplugged }: OfMedia): Notice[] {
  const failed = (['microphone', 'camera'] as const).flatMap((device): Notice[] => {
    const state = device === 'microphone' ? microphone : camera
    return state.status === 'failed' && unplugged !== device ? [{ kind: 'device', device, problem: state.problem }] : []
  })
  if (unplugged === undefined) return failed
  const state = unplugged === 'microphone' ? microphone : camera
  return [{ kind: 'unplugged', device: unplugged, hasOther: state.status === 'on' }, ...failed]
}

function ofPerson({ screen, mutedBy, cameraLimit }: OfClass): Notice[] {
  const notices: Notice[] = []
  if (mutedBy !== undefined) notices.push({ kind: 'mutedBy', userId: mutedBy })
  if (cameraLimit !== undefined) notices.push({ kind: 'cameraLimit', limit: cameraLimit })
  if (screen.status === 'on') notices.push({ kind: 'sharing' })
  // Who was asked which screen, and chose none, knows that.
  if (screen.status === 'failed' && screen.problem !== 'denied')
    notices.push({ kind: 'screen', problem: screen.problem })
  return notices
}

/** Tells two notices apart, for a list, and for what was put aside. */
export const noticeKey = (notice: Notice): string => Object.values(notice).join(' ')
