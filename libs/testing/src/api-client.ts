/** A caller of the public interface, with its cookie: what a test knows of the product is what the world knows. */

// Answers of an interface under test: their shape is what the test asserts.
export type Json = { [key: string]: Json } & Json[] & string & number & boolean & null

export interface Answer {
  status: number
  body: Json
  headers: Headers
}

export interface ApiClient {
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  get: (path: string) => Promise<Answer>
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  put: (path: string, body?: unknown) => Promise<Answer>
  patch: (path: string, body?: unknown) => Promise<Answer>
  /** Signs in and keeps the cookie. */
  signIn: (login: string, password: string) => Promise<Answer>
  /** By a link that lets one in (evaluation), as a browser opens it. */
  enter: (link: string) => Promise<void>
  readonly cookie: string
}

export function createApiClient(baseUrl: string): ApiClient {
  let cookie = ''

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const isForm = body instanceof FormData
    const response = await fetch(`${baseUrl}${path.startsWith('/api/') ? '' : '/api/v1'}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(body !== undefined && !isForm ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
    })
    for (const each of response.headers.getSetCookie()) cookie = each.split(';')[0] ?? ''
    const text = await response.text()
    return { status: response.status, body: parsed(text), headers: response.headers }
  }

  return {
    call,
    get: (path) => call('GET', path),
    post: (path, body, headers) => call('POST', path, body, headers),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    signIn: (login, password) => call('POST', '/session', { login, password }),
    enter: async (link) => {
      const { headers } = await fetch(new URL(link, baseUrl), { redirect: 'manual' })
      for (const each of headers.getSetCookie()) cookie = each.split(';')[0] ?? ''
    },
    get cookie() {
      return cookie
    },
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text as Json
  }
}
