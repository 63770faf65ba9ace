// Runs in the folder into which the build fetched Supabase's client.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.cwd(), 'package.json'))
const { PostgrestClient } = require('@supabase/postgrest-js')
const { ADDRESS, KEY } = process.env
const db = new PostgrestClient(ADDRESS, { headers: { apikey: KEY, Authorization: `Bearer ${KEY}` } })
const ideas = () => db.from('idea_pool')

const all = await ideas().select('*', { count: 'exact' }).order('created_at', { ascending: false }).order('id', { ascending: false }).range(0, 9)
assert.equal(all.error, null)
assert.deepEqual([all.status, all.count, all.data.length], [206, 24, 10])

const head = await ideas().select('*', { count: 'exact', head: true }).eq('status', 'draft')
assert.deepEqual([head.error, head.data], [null, null])
const drafts = await ideas().select('id,status').eq('status', 'draft')
assert.equal(head.count, drafts.data.length)

const added = await ideas().insert([{ id: 'js-1', title: 'a,b (c) "d" 50%' }, { id: 'js-2', title: 'plain, (too)' }]).select()
assert.deepEqual([added.status, added.data.length, added.data[0].status], [201, 2, 'pending_review'])

const twice = await ideas().insert({ id: 'js-1', title: 'again' })
assert.deepEqual([twice.status, twice.error.code], [409, '23505'])

const found = await ideas().select('id').or('title.eq."a,b (c) \\"d\\" 50%",and(id.eq.js-2,title.ilike.PLAI*)').order('id')
assert.deepEqual(found.data, [{ id: 'js-1' }, { id: 'js-2' }])
assert.deepEqual((await ideas().select('id').in('title', ['plain, (too)', 'none'])).data, [{ id: 'js-2' }])
assert.deepEqual((await ideas().select('id').not('id', 'in', '(js-1)').like('id', 'js-%')).data, [{ id: 'js-2' }])
assert.deepEqual((await ideas().select('id').is('reviewer', null).match({ id: 'js-1' })).data, [{ id: 'js-1' }])

const merged = await ideas().upsert({ id: 'js-1', title: 'merged' }, { onConflict: 'id' }).select().single()
assert.deepEqual([merged.status, merged.data.title], [200, 'merged'])
const ignored = await ideas().upsert({ id: 'js-1', title: 'ignored' }, { onConflict: 'id', ignoreDuplicates: true }).select()
assert.deepEqual([ignored.status, ignored.data], [200, []])

const updated = await ideas().update({ status: 'approved', reviewer: 'ada' }).eq('id', 'js-1').select('status,reviewer').single()
assert.deepEqual(updated.data, { status: 'approved', reviewer: 'ada' })
const nobody = await ideas().select().eq('id', 'none').single()
assert.deepEqual([nobody.status, nobody.error.code], [406, 'PGRST116'])
assert.deepEqual((await ideas().select().eq('id', 'none').maybeSingle()).data, null)
assert.equal((await ideas().update({ status: 'wrong' }).eq('id', 'js-1')).error.code, '23514')

const gone = await ideas().delete({ count: 'exact' }).like('id', 'js-%')
assert.deepEqual([gone.status, gone.count], [204, 2])

assert.equal((await db.rpc('idea_pool_totals')).data.total, 24)
assert.equal((await db.rpc('idea_pool_totals', {}, { get: true })).data.total, 24)
assert.equal((await db.rpc('nothing')).error.code, 'PGRST202')
assert.equal((await db.from('nothing').select()).error.code, 'PGRST205')
assert.equal((await ideas().select('colour')).error.code, '42703')
assert.equal((await new PostgrestClient(ADDRESS).from('idea_pool').select()).status, 401)
