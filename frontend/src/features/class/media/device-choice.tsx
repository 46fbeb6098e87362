import { NativeSelect } from '@mantine/core'
import { Mic, Video, Volume2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMedia, useMediaPart } from '../class-context.tsx'
import styles from './device-choice.module.css'
import { DeviceTrouble } from './device-trouble.tsx'
import { LevelMeter } from './level-meter.tsx'
import { canChooseSpeaker, useSpeaker } from './speaker.ts'

/** Which microphone, camera and loudspeaker; what is the matter with one stands below it. */
export function DeviceChoice() {
  const { t } = useTranslation('class')
  const media = useMedia()
  const devices = useMediaPart((state) => state.devices)
  const microphone = useMediaPart((state) => state.microphone)
  const camera = useMediaPart((state) => state.camera)
  const [speaker, setSpeaker] = useSpeaker()
  const optionsOf = (list: readonly MediaDeviceInfo[]) =>
    list.map(({ deviceId, label }, index) => ({
      value: deviceId,
      label: label === '' ? t('devices.nameless', { number: index + 1 }) : label,
    }))
  return (
    <div className={styles['devices']}>
      <div>
        <NativeSelect
          label={t('devices.microphone')}
          leftSection={<Mic size={16} aria-hidden="true" />}
          data={optionsOf(devices.microphones)}
          disabled={devices.microphones.length === 0}
          value={microphone.status === 'on' ? microphone.deviceId : undefined}
          onChange={({ currentTarget }) => void media.chooseMicrophone(currentTarget.value).catch(() => undefined)}
        />
        {microphone.status === 'failed' ? (
          <DeviceTrouble
            device="microphone"
            problem={microphone.problem}
            onRetry={() => void media.setMicrophone(true).catch(() => undefined)}
          />
        ) : (
          <div className={styles['level']}>
            <LevelMeter />
          </div>
        )}
      </div>
      <div>
        <NativeSelect
          label={t('devices.camera')}
          leftSection={<Video size={16} aria-hidden="true" />}
          data={optionsOf(devices.cameras)}
          disabled={devices.cameras.length === 0}
          value={camera.status === 'on' ? camera.deviceId : undefined}
          onChange={({ currentTarget }) => void media.chooseCamera(currentTarget.value).catch(() => undefined)}
        />
        {camera.status === 'failed' && (
          <DeviceTrouble
            device="camera"
            problem={camera.problem}
            onRetry={() => void media.setCamera(true).catch(() => undefined)}
          />
        )}
      </div>
      {canChooseSpeaker && devices.speakers.length > 1 && (
        <NativeSelect
          label={t('devices.speaker')}
          leftSection={<Volume2 size={16} aria-hidden="true" />}
          data={optionsOf(devices.speakers)}
          value={speaker}
          onChange={({ currentTarget }) => setSpeaker(currentTarget.value)}
        />
      )}
    </div>
  )
}
