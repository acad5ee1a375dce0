/** Styles and scripts for browsers are minified and bundled as texts. */
declare module '*.scss' {
  const text: string
  export default text
}
declare module '*.browser.js' {
  const text: string
  export default text
}
