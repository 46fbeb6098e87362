/** What a single input may hold, and how much one answer bears. Rates are the server's configuration, not the protocol's. */
export const LIMITS = {
  /** UTF-16 units, after trimming. */
  message: 4000,
  mentions: 50,
  clientId: 64,
  /** Different emoji on one message. */
  emojiKinds: 20,
  /** UTF-16 units of the longest RGI emoji sequence, with room for what Unicode adds. */
  emoji: 64,
  id: 128,
  cursor: 512,
  pageMin: 1,
  pageMax: 100,
  pageDefault: 50,
  /** Messages in a join's `changes`, and in an answer to `since_rev`. */
  changes: 500,
  searchQuery: 200,
  folderName: 100,
  /** The name of a file as routes and bodies bear it; one that is uploaded may be longer, and is shortened. */
  fileName: 255,
  fileDescription: 2000,
  filesPerUpload: 20,
  name: 100,
  title: 200,
  email: 254,
  passwordMin: 10,
  passwordMax: 200,
  locale: 35,
  joinCode: 64,
  /** Members in one roster. */
  roster: 10_000,
  /** Bytes of a roster's request body. */
  rosterBytes: 4_194_304,
  /** Bytes of any other request body. */
  bodyBytes: 1_048_576,
  /** Characters of a token: what an HTTP header of Node's limit bears, so that one with many courses fits. */
  token: 16_384,
  /** Bytes of one Socket.IO frame; a larger one ends the connection. */
  frameBytes: 1_048_576,
  /** How long a connection that dropped keeps its rooms. */
  parkedSeconds: 120,
  /** How long after the last `chat:typing_start` somebody counts as typing. */
  typingSeconds: 5,
  /** How far ahead of its token's end a connection is told. */
  expiringSeconds: 60,
  /** UTF-16 units of what somebody calls themselves in a class. */
  displayName: 80,
  /** UTF-8 bytes of an SDP. */
  sdpBytes: 262_144,
  /** UTF-8 bytes of a candidate's JSON. */
  candidateBytes: 8192,
  /** The longest class that can be planned. */
  classMinutes: 1440,
  attendanceNote: 500,
  /** In a class that no media server carries. */
  meshParticipants: 8,
  meshCameras: 4,
  /** A class that nobody is in any more ends by itself. */
  classEmptyMinutes: 15,
  /** How long a TURN credential counts. */
  turnSeconds: 3600,
  /** How long an archived course can be restored. */
  restoreDays: 30,
} as const
