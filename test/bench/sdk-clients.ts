/**
 * The name of the class by which a package of the AWS SDK is called: `SQSClient` of `@aws-sdk/client-sqs`. It is read
 * from the package, so that no list has to be kept. Every such package exports the base of its client as `__Client`,
 * and one class that extends it.
 */
export async function clientClassOf(packageName: string): Promise<string> {
  const exports: Record<string, unknown> = await import(packageName)
  const base = exports.__Client
  const names = Object.entries(exports).flatMap(([name, value]) =>
    typeof value === 'function' && base && Object.getPrototypeOf(value) === base ? [name] : [],
  )
  const [name, ...others] = names
  if (!name || others.length > 0)
    throw new Error(`${packageName} exports ${names.length} client classes (${names.join(', ')}), not one.`)
  return name
}
