/** Sends one operation to a gateway and gives its data. Throws an Error with the first message where it was refused. */
export async function requestGraph<Data>(
  gateway: { url: string; token: string },
  query: string,
  variables: Record<string, unknown>,
): Promise<Data> {
  const response = await fetch(new URL('/graphql', gateway.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as {
    data?: Data;
    errors?: { message: string }[];
    error?: { message: string };
  };
  const fault = answer.errors?.[0] ?? answer.error;
  if (fault || !answer.data) throw new Error(fault?.message ?? `the gateway answered with status ${response.status}`);
  return answer.data;
}
