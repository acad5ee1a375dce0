/** Styles and scripts for browsers are bundled as texts, smaller than they are written. */
declare module '*.scss' {
  const text: string
  export default text
}
declare module '*.browser.js' {
  const text: string
  export default text
}
