import type { CourseRoom } from '@lectern/client'

/** Something of the page's own that lives as long as the room it is about. */
export const perRoom = <Value>(make: () => Value): ((room: CourseRoom) => Value) => {
  const values = new WeakMap<CourseRoom, Value>()
  return (room) => {
    const known = values.get(room)
    if (known !== undefined) return known
    const made = make()
    values.set(room, made)
    return made
  }
}
