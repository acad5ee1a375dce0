// JavaScript, and loaded with `node --import` before anything else: an older Node cannot even read the rest.
const [major = 0] = process.versions.node.split('.').map(Number)
if (process.platform !== 'linux' || process.arch !== 'x64') {
  stop(
    `Acasa's local stack runs on Linux x64, this is ${process.platform} ${process.arch}. Use such a machine or container.`,
  )
}
if (major < 24) {
  stop(`This is Node ${process.versions.node}; Node 24 comes with the packages. Run npm ci, then npm start.`)
}

function stop(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
