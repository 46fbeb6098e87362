import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig, type ProxyOptions } from 'vite'
import { CHUNKS } from './build/chunks.ts'
import { emojiData } from './build/emoji-data.ts'

/** Where `npm run dev` listens. */
const SERVER = 'http://localhost:3000'

/** The server takes a cookie from its own origin alone: under `npm run dev:web` the page comes from another port. */
const toServer: ProxyOptions = { target: SERVER, changeOrigin: true, headers: { origin: SERVER } }

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), emojiData()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  // The server puts a nonce of its own here in each answer (backend/src/http/web-client.ts).
  html: { cspNonce: '__CSP_NONCE__' },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/api': toServer, '/setup': toServer, '/socket.io': { ...toServer, ws: true } },
  },
  build: {
    // The policy allows neither inline scripts nor fonts in `data:` URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: true,
    license: true,
    sourcemap: false,
    reportCompressedSize: false,
    // What a group takes drags in no more: through the index of a package that would be all of it.
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS, includeDependenciesRecursively: false } } },
  },
})
