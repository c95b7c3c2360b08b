import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/// The line that the executable replaces by the report's data.
const kDataMarker = '<!--plimsoll-data-->';
/// The line that becomes the policy: it allows the two inlined blocks by hash, and nothing else.
const kPolicyMarker = '<!--content-security-policy-->';

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function replaceOnce(html: string, what: string | RegExp, by: string): string {
  const parts = html.split(what);
  if (parts.length !== 2) throw new Error(`${what} occurs ${parts.length - 1} times, not once`);
  return parts.join(by);
}

/// Puts the one script and the one style sheet into the page, so that it needs no other file.
export function singleFile(): Plugin {
  return {
    name: 'plimsoll-single-file',
    enforce: 'post',
    generateBundle(_options, bundle) {
      let page: { source: string } | undefined;
      let script = '';
      let style = '';
      for (const [name, output] of Object.entries(bundle)) {
        if (output.type === 'chunk') {
          if (script !== '') throw new Error('more than one script; the page can hold one');
          script = output.code.trim();
        } else if (name.endsWith('.css')) {
          if (style !== '') throw new Error('more than one style sheet; the page can hold one');
          style = String(output.source).trim();
        } else if (name.endsWith('.html')) {
          page = output as { source: string };
          continue;
        } else {
          throw new Error(`${name} would be a second file`);
        }
        delete bundle[name];
      }
      if (!page) throw new Error('no page in the bundle');
      // A string of the program must not end its own element. \x3C is the same character there.
      script = script.replace(/<(?=\/script|!--)/gi, () => '\\x3C');
      if (/<\/style/i.test(style)) throw new Error('the style sheet would end its own element');

      const policy = [
        "default-src 'none'",
        `script-src ${sha256(script)}`,
        `style-src ${sha256(style)}`,
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; ');
      let html = String(page.source);
      html = replaceOnce(html, /[ \t]*<script type="module"[^>]*><\/script>\n?/, '');
      html = replaceOnce(html, /[ \t]*<link rel="stylesheet"[^>]*>\n?/, '');
      html = replaceOnce(
        html,
        kPolicyMarker,
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
      );
      html = replaceOnce(html, '</head>', `  <style>${style}</style>\n</head>`);
      html = replaceOnce(html, '</body>', `  <script type="module">${script}</script>\n</body>`);
      replaceOnce(html, kDataMarker, '');
      page.source = html;
    },
  };
}
