// As old browsers read it: they cannot read the page's own scripts, and would show nothing at all.
;(() => {
  // The newest that the page needs: Chrome and Edge 119, Firefox 124, Safari 17.4.
  if (typeof Promise.withResolvers === 'function' && typeof AbortSignal.any === 'function') return
  document.getElementById('old-browser').hidden = false
})()
