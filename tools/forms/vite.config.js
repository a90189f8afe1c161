import { defineConfig } from 'vite';

export default defineConfig({ base: './', build: { outDir: 'built', chunkSizeWarningLimit: 2000 } });
