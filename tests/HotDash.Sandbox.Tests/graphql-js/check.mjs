// Holds exchanges ({query, variables, data}, as a list on the standard input) against a schema, whose introspection is the first argument.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const require = createRequire(join(process.cwd(), 'package.json'))
const { buildClientSchema, execute, parse, validate } = require('graphql')

const introspection = JSON.parse(gunzipSync(readFileSync(process.argv[2])))
const schema = buildClientSchema(introspection.data ?? introspection)

for (const { query, variables, data } of JSON.parse(readFileSync(0))) {
  const document = parse(query)
  assert.deepEqual(validate(schema, document).map(String), [], query)

  // Run against the answer itself, the schema finds what is missing, null or of the wrong type; what it would not have sent is left out.
  const result = await execute({ schema, document, rootValue: data, variableValues: variables })
  assert.deepEqual(result.errors?.map(String) ?? [], [], query)
  assert.deepEqual(JSON.parse(JSON.stringify(result.data)), data, query)
}
