import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = 'http://127.0.0.1:3000';

export default defineConfig(({ command }) => ({
  base: '/',
  plugins: [react()],
  // An environment whose NODE_ENV is empty would otherwise build React's development half into the page.
  define: { 'process.env.NODE_ENV': JSON.stringify(command === 'build' ? 'production' : 'development') },
  resolve: { conditions: ['lifeline-source', 'module', 'browser', 'development|production'] },
  // MapLibre 6 is an ES module and so is its worker.
  worker: { format: 'es' },
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 2500 },
  server: {
    proxy: {
      '/api': gateway,
      '/map': gateway,
      '/health': gateway,
      '/socket.io': { target: gateway, ws: true },
    },
  },
}));
