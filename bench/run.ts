// `npm run bench [name …] [-- --quick]`: without names all of them.
import { BENCHMARKS } from './benchmarks.ts'
import { reached } from './rig/benchmark.ts'
import { keepResult } from './rig/results.ts'

const options = process.argv.slice(2)
const quick = options.includes('--quick')
const named = options.filter((option) => !option.startsWith('--'))
const unknown = named.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name))
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}; there are ${BENCHMARKS.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}

for (const benchmark of BENCHMARKS) {
  if (named.length > 0 && !named.includes(benchmark.name)) continue
  console.log(`${benchmark.name}: ${benchmark.about}`)
  const figures = await benchmark.run({ quick })
  for (const figure of figures) {
    const verdict = { true: 'reached', false: 'NOT reached', undefined: '' }[String(reached(figure))]
    const { what, ours, peer, unit, value } = figure
    console.log(
      `  ${what}: ${ours} ${unit}${peer === undefined ? '' : `, peer ${peer} ${unit}, ratio ${value}`} ${verdict}`,
    )
  }
  if (!quick) await keepResult(benchmark, figures)
}
