// What a page does beyond HTML; every page works without it.
const body = document.body
const { until, warning } = body.dataset

// Five minutes before a session ends, the page says so, whoever reads or hears it.
if (until && warning) {
  const ms = Number(until) * 1000 - Date.now() - 5 * 60_000
  setTimeout(
    () => {
      const box = document.getElementById('session-warning')
      if (box) {
        box.textContent = warning
        box.hidden = false
      }
    },
    Math.max(ms, 0),
  )
}

// An error summary is read first.
document.querySelector('.govuk-error-summary')?.focus()

// A form is sent once, however often its button is pressed; the server would answer the second time as the first.
for (const form of document.forms) {
  let sent = false
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault()
    sent = true
    setTimeout(() => {
      sent = false
    }, 5000)
  })
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
