import type { Child } from 'hono/jsx'

/** The button that sends a form; `name` tells which of several was pressed. */
export function Button(props: {
  children?: Child
  name?: string
  value?: string
  kind?: 'secondary' | 'warning'
}) {
  const { children, name, value, kind } = props
  return (
    <button
      type="submit"
      class={`govuk-button${kind ? ` govuk-button--${kind}` : ''}`}
      {...(name ? { name } : {})}
      {...(value ? { value } : {})}
    >
      {children}
    </button>
  )
}
