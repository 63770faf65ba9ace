// Holds exchanges ({query, variables, data}, as a list on the standard input) against a schema, whose introspection is the first argument.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const require = createRequire(join(process.cwd(), 'package.json'))
const { buildClientSchema, execute, isAbstractType, parse, validate } = require('graphql')

const introspection = JSON.parse(gunzipSync(readFileSync(process.argv[2])))
const schema = buildClientSchema(introspection.data ?? introspection)

// An answer has its values under the names that the query gives them.
const fieldResolver = (source, args, context, info) => source[info.path.key]

// Nor does it say what it is: that is what the query asked for.
const typeResolver = (value, context, info, abstract) => {
  const asked = schema.getType(info.fieldNodes[0].selectionSet.selections[0].typeCondition.name.value)
  return (isAbstractType(asked) ? schema.getPossibleTypes(asked).find((type) => schema.isSubType(abstract, type)) : asked).name
}

for (const { query, variables, data } of JSON.parse(readFileSync(0))) {
  const document = parse(query)
  assert.deepEqual(validate(schema, document).map(String), [], query)

  // Run against the answer itself, the schema finds what is missing, null or of the wrong type; what it would not have sent is left out.
  const result = await execute({ schema, document, rootValue: data, variableValues: variables, fieldResolver, typeResolver })
  assert.deepEqual(result.errors?.map(String) ?? [], [], query)
  assert.deepEqual(JSON.parse(JSON.stringify(result.data)), data, query)
}
