// The calls of openapi.yaml as a form wants them, and what such a form asks for.

const METHODS = ['get', 'post', 'patch', 'put', 'delete'];

/** Every call that ends: `{id, method, path, summary, parameters, body}`; a body is an example, or undefined. */
export function callsOf(description) {
  const resolved = (node) => (node?.$ref ? resolved(at(description, node.$ref)) : node);
  const calls = [];
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of METHODS.filter((one) => item[one])) {
      const operation = item[method];
      const schema = operation.requestBody?.content?.['application/json']?.schema;
      const call = {
        id: operation.operationId, method: method.toUpperCase(), path, summary: operation.summary ?? '',
        parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolved)
          .filter((one) => one.in !== 'header')
          .map(({ name, in: place, required = false, description: about = '' }) => ({ name, place, required, about })),
        body: schema && example(schema, resolved),
      };
      if (!isStream(operation, resolved)) {
        calls.push(call);
      }
    }
  }
  return calls;
}

const at = (description, ref) => ref.slice(2).split('/').reduce((node, name) => node[name], description);

const isStream = (operation, resolved) =>
  Object.values(operation.responses).some((response) => resolved(response).content?.['text/event-stream']);

const DEEPEST = 6;

/** The least that a schema takes, to be written over. */
function example(schema, resolved, depth = 0) {
  const { type, properties = {}, required = [], items, minItems = 0, oneOf, allOf, ...more } = resolved(schema);
  if (type === 'boolean') {
    return more.default ?? false; // never a confirmation that nobody has given
  }
  const some = more.example ?? more.const ?? more.default ?? more.enum?.[0];
  if (some !== undefined || depth > DEEPEST) {
    return some ?? null;
  }
  if (oneOf || allOf) {
    const parts = oneOf ? [oneOf[0]] : allOf;
    return Object.assign({}, ...parts.map((part) => example(part, resolved, depth + 1)));
  }
  switch (Array.isArray(type) ? type[0] : type) {
    case 'array':
      return minItems > 0 || depth < 2 ? [example(items ?? {}, resolved, depth + 1)] : [];
    case 'integer':
    case 'number':
      return more.minimum ?? 1;
    case 'string':
      return '';
    default:
      return Object.fromEntries(required.map((name) => [name, example(properties[name] ?? {}, resolved, depth + 1)]));
  }
}

/** What a form begins with: the project at hand, and the example. */
export const draftOf = (call, projectId) => ({
  ...Object.fromEntries(call.parameters.map(({ name }) => [name, name === 'project_id' ? projectId : ''])),
  body: call.body === undefined ? '' : JSON.stringify(call.body, null, 2),
});

/** The call that a form makes: `{method, path, body}`, all of it text. Fails with what is missing or wrong. */
export function requestOf(call, values) {
  const missing = call.parameters.find(({ name, place, required }) => (required || place === 'path') && !values[name]);
  if (missing) {
    throw new Error(`${missing.name} is missing`);
  }
  const path = call.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name]));
  const query = call.parameters.filter(({ name, place }) => place === 'query' && values[name]).map(({ name }) => [name, values[name]]);
  const body = call.body !== undefined && values.body.trim() !== '' ? values.body : undefined;
  try {
    JSON.parse(body ?? '{}');
  } catch (error) {
    throw new Error(`the body is no JSON: ${error.message}`);
  }
  return { method: call.method, path: path + (query.length > 0 ? `?${new URLSearchParams(query)}` : ''), body };
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The same call as a line for a shell, without the key. */
export const curlOf = ({ method, path, body }, origin) => [
  `curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(origin + path)}`,
  '-H "Authorization: Bearer $WAYBILL_API_KEY"',
  ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`, `-d ${quoted(body)}`]),
].join(' \\\n  ');
