/**
 * Stands in every bundle for the SDK's chain of credential providers: a Lambda's credentials are in its environment, and
 * nowhere else. The chain (files, processes, single sign-on, the metadata of machines) is a sixth of a bundle, and roads
 * that a function must not take. Throws where the environment holds none.
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) throw new Error('The environment lacks credentials.')
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  }
}
