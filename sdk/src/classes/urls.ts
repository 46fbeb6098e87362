import { API_BASE } from '@lectern/protocol'

/** Of a class's attendance as CSV, for an `<a href>`. */
export const attendanceUrl = (sessionId: string, url = ''): string =>
  `${url.replace(/\/+$/, '')}${API_BASE}/webrtc/sessions/${encodeURIComponent(sessionId)}/attendance?format=csv`
