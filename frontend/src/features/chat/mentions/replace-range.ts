/**
 * Puts text in the place of `[start, end)` as if it were typed: the field's own undo knows of it, and `input` is fired.
 * The caret goes behind it.
 */
export const replaceRange = (field: HTMLTextAreaElement, start: number, end: number, text: string): void => {
  field.focus()
  field.setSelectionRange(start, end)
  // Deprecated, and the only way that undo takes back; where a browser no longer has it the text comes without.
  if (document.execCommand('insertText', false, text)) return
  field.setRangeText(text, start, end, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }))
}

/** Where the caret is, or instead of what is selected. */
export const insertAtCaret = (field: HTMLTextAreaElement, text: string): void =>
  replaceRange(field, field.selectionStart, field.selectionEnd, text)
