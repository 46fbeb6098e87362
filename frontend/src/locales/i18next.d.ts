import 'i18next'
import type account from './en/account.json'
import type chat from './en/chat.json'
import type classTexts from './en/class.json'
import type classes from './en/classes.json'
import type common from './en/common.json'
import type courses from './en/courses.json'
import type files from './en/files.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      common: typeof common
      account: typeof account
      class: typeof classTexts
      courses: typeof courses
      chat: typeof chat
      files: typeof files
      classes: typeof classes
    }
  }
}
