import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { singleFile } from './plugin/single-file.ts';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'firefox120', 'safari17.5'], // the first to know light-dark()
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: { input: fileURLToPath(new URL('./report.html', import.meta.url)) },
  },
  plugins: [singleFile()],
});
