import { Mic, MicOff, Video, VideoOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSwitches } from '../media/use-switches.ts'
import { BarButton } from './bar-button.tsx'

/** Microphone and camera, as switches that say what pressing them does. */
export function MediaButtons() {
  const { t } = useTranslation('class')
  const { isHeard, isSeen, isMicrophoneStarting, isCameraStarting, setHeard, setSeen } = useSwitches()
  return (
    <>
      <BarButton
        icon={isHeard ? Mic : MicOff}
        label={t('bar.microphone')}
        tip={t(isHeard ? 'bar.mute' : 'bar.unmute')}
        shortcut="M"
        look={isHeard ? 'plain' : 'off'}
        pressed={isHeard}
        disabled={isMicrophoneStarting}
        onClick={() => setHeard(!isHeard)}
      />
      <BarButton
        icon={isSeen ? Video : VideoOff}
        label={t('bar.camera')}
        tip={t(isSeen ? 'bar.cameraOff' : 'bar.cameraOn')}
        shortcut="V"
        look={isSeen ? 'plain' : 'off'}
        pressed={isSeen}
        disabled={isCameraStarting}
        onClick={() => setSeen(!isSeen)}
      />
    </>
  )
}
