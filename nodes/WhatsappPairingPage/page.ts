import { WORDS, type PageLanguage } from './words';

const STYLE = `
:root { --ink: #1f2a24; --brand: #1f7a4d; --paper: #f3f6f4; --line: #d6dfd9; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.5 system-ui, sans-serif; }
main { max-width: 560px; margin: 0 auto; padding: 20px 16px 40px; }
h1 { font-size: 22px; margin: 8px 0 16px; }
.card { background: #fff; border: 1px solid var(--line); border-radius: 14px; padding: 16px; margin: 0 0 14px; }
.card > :first-child { margin-top: 0; }
.card > :last-child { margin-bottom: 0; }
.risk { border-left: 5px solid #b26a00; }
[data-state="open"] .state { border-left: 5px solid var(--brand); }
.tabs { display: flex; gap: 8px; margin: 0 0 14px; }
button { font: inherit; min-height: 46px; padding: 8px 16px; border-radius: 12px; border: 1px solid var(--brand); background: #fff; color: var(--brand); cursor: pointer; }
button.main { width: 100%; }
button.main, .tabs button[aria-selected="true"] { background: var(--brand); color: #fff; }
.tabs button { flex: 1; }
button:focus-visible, input:focus-visible { outline: 3px solid #8cc7a8; outline-offset: 1px; }
button:disabled { opacity: .5; }
input { font: inherit; width: 100%; min-height: 46px; padding: 8px 12px; margin: 4px 0 12px; border: 1px solid var(--line); border-radius: 12px; }
#qr { display: block; width: 100%; max-width: 340px; margin: 0 auto; background: #fff; }
#code { display: block; margin: 16px 0 0; text-align: center; font: 700 32px/1.3 ui-monospace, monospace; letter-spacing: .12em; }
#state { font-weight: 600; }
[hidden] { display: none !important; }
`;

const SCRIPT = `
const words = JSON.parse(document.getElementById('words').textContent);
const at = (id) => document.getElementById(id);
const choose = (kind) => {
  for (const one of ['qr', 'code']) {
    at('tab-' + one).setAttribute('aria-selected', String(one === kind));
    at('panel-' + one).hidden = one !== kind;
  }
};
const say = (text) => { at('state').textContent = text; };
async function ask(options, query) {
  const answer = await fetch(location.pathname + (query || ''), { credentials: 'same-origin', cache: 'no-store', ...options });
  if (answer.status === 404) { ended = true; say(words.notFound); throw new Error('over'); }
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || words.lost);
  return body;
}
let ended = false;
let told = '';
function show(view) {
  say(told === '' ? view.sentence : told);
  document.body.dataset.state = view.state;
  at('qr').hidden = view.qr === null;
  if (view.qr !== null && at('qr').src !== view.qr) at('qr').src = view.qr;
  at('again').hidden = view.qr !== null;
  at('code').hidden = view.code === null;
  at('code').textContent = view.code === null ? '' : view.code.replace(/^(.{4})(?=.)/, '$1-');
  at('ways').hidden = view.isLinked;
  if (view.isLinked) say(words.connected + ' …' + view.phoneEnd + '.' + (view.warning === null ? '' : ' ' + view.warning));
}
async function look() {
  try { show(await ask({}, '?view=state')); } catch { if (!ended) say(words.lost); }
  if (!ended) setTimeout(look, 1500);
}
async function order(fields, button) {
  button.disabled = true;
  told = '';
  try {
    const body = await ask({ method: 'POST', body: new URLSearchParams(fields) });
    told = body.problem || '';
    show(body.view);
  } catch (error) { if (!ended) { told = error.message; say(told); } }
  button.disabled = false;
}
at('tab-qr').addEventListener('click', () => choose('qr'));
at('tab-code').addEventListener('click', () => choose('code'));
at('again').addEventListener('click', (event) => order({ action: 'qr' }, event.currentTarget));
at('by-code').addEventListener('submit', (event) => {
  event.preventDefault();
  order({ action: 'code', phone: at('phone').value }, at('get-code'));
});
choose(/Android|iPhone|iPad/i.test(navigator.userAgent) ? 'code' : 'qr');
look();
`;

/** Headers of everything the page sends: no other source, no frame, no cache, and the token of the address stays here. */
export function pageHeaders(nonce: string): Readonly<Record<string, string>> {
	return {
		'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
		'cache-control': 'no-store',
		'referrer-policy': 'same-origin',
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		'x-robots-tag': 'noindex, nofollow',
	};
}

/** Before the link is opened: what the visitor agrees to. Whoever only looks at the address, such as a preview, opens nothing. */
export function introPage(language: PageLanguage, nonce: string, token: string): string {
	const words = WORDS[language];
	return document(language, nonce, `<div class="card risk">${words.risk}</div>
<form method="post"><input type="hidden" name="action" value="open"><input type="hidden" name="token" value="${token}"><button class="main" id="agree">${words.agree}</button></form>`);
}

/** The page of a visitor. */
export function pairingPage(language: PageLanguage, nonce: string): string {
	const words = WORDS[language];
	const told = JSON.stringify({ notFound: words.notFound, lost: words.lost, connected: words.connected });
	return document(language, nonce, `<div class="card state"><p id="state" role="status" aria-live="polite">${words.states.idle}</p></div>
<div id="ways">
<div class="tabs" role="tablist"><button id="tab-qr" role="tab" type="button" aria-controls="panel-qr">${words.byQr}</button><button id="tab-code" role="tab" type="button" aria-controls="panel-code">${words.byCode}</button></div>
<section class="card" id="panel-qr" role="tabpanel" aria-labelledby="tab-qr"><p>${words.qrHow}</p><img id="qr" alt="${words.qrTitle}" hidden><button class="main" id="again" type="button">${words.showQr}</button></section>
<section class="card" id="panel-code" role="tabpanel" aria-labelledby="tab-code" hidden><p>${words.codeHow}</p><form id="by-code"><label for="phone">${words.phone}</label><input id="phone" name="phone" type="tel" inputmode="tel" autocomplete="tel" placeholder="7 916 123-45-67" required><button class="main" id="get-code">${words.getCode}</button></form><output id="code" hidden></output></section>
</div>
<div class="card risk">${words.risk}</div>
<script type="application/json" id="words" nonce="${nonce}">${told}</script><script nonce="${nonce}">${SCRIPT}</script>`);
}

/** A page that only says something. */
export function noticePage(language: PageLanguage, nonce: string, sentence: string): string {
	return document(language, nonce, `<div class="card">${sentence}</div>`);
}

function document(language: PageLanguage, nonce: string, body: string): string {
	const { title } = WORDS[language];
	return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style nonce="${nonce}">${STYLE}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}
