// Runs in the folder into which the build fetched OpenFeature's client.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.cwd(), 'package.json'))
const { OpenFeature } = require('@openfeature/server-sdk')
const { OFREPProvider } = require('@openfeature/ofrep-provider')
const { ADDRESS, KEY } = process.env
const provider = key => new OFREPProvider({ baseUrl: ADDRESS, headers: [['Authorization', `Bearer ${key}`], ['Content-Type', 'application/json']] })

await OpenFeature.setProviderAndWait(provider(KEY))
const flags = OpenFeature.getClient()

assert.equal(await flags.getBooleanValue('export_pdf', false), true)
const fixed = await flags.getBooleanDetails('export_pdf', false)
assert.deepEqual([fixed.variant, fixed.reason, fixed.flagMetadata['hotdash.reason']], ['on', 'STATIC', 'STATIC'])

const cohort = await flags.getBooleanDetails('advanced_analytics', false, { targetingKey: 'ada', cohort: 'premium' })
assert.deepEqual([cohort.value, cohort.reason, cohort.flagMetadata['hotdash.reason']], [true, 'TARGETING_MATCH', 'COHORT'])
const split = await flags.getBooleanDetails('advanced_analytics', false, { targetingKey: 'ada', plan: 'x', nested: { ignored: [1] } })
assert.deepEqual([split.reason, split.errorCode], ['SPLIT', undefined])

const nobody = await flags.getBooleanDetails('advanced_analytics', true)
assert.deepEqual([nobody.value, nobody.errorCode], [true, 'TARGETING_KEY_MISSING'])
const unknown = await flags.getBooleanDetails('nothing', true)
assert.deepEqual([unknown.value, unknown.errorCode], [true, 'FLAG_NOT_FOUND'])
const odd = await flags.getBooleanDetails('export_pdf', false, { targetingKey: 'ada', cohort: 'gold' })
assert.deepEqual([odd.value, odd.errorCode], [false, 'INVALID_CONTEXT'])
assert.equal((await flags.getStringDetails('export_pdf', 'none')).errorCode, 'TYPE_MISMATCH')

await OpenFeature.setProviderAndWait('stranger', provider('hd_nobody_knows_this_key'))
const refused = await OpenFeature.getClient('stranger').getBooleanDetails('export_pdf', false)
assert.deepEqual([refused.value, refused.reason], [false, 'ERROR'])

await OpenFeature.close()
