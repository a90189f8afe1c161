import { defineConfig } from 'vite';

export default defineConfig({
  // The server hands out what lies in static/ below this path; see kehu/console/pages.py.
  base: '/console/',
  build: {
    outDir: '../../core/kehu/console/static',
    emptyOutDir: true,
    chunkSizeWarningLimit: 6000,
  },
  worker: { format: 'es' },
});
