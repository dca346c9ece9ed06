// The smallest tools for building the page. Text always goes in as text, never as HTML.

/** Makes an element: attributes by name, `on…` as listeners, children as nodes or text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Asks the control interface; the answer's error is shown to the person. */
export async function ask(path, fields) {
  const options = fields
    ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(fields) }
    : {};
  let answer;
  try {
    const response = await fetch('/_sim/' + path, options);
    answer = await response.json();
  } catch {
    if (fields) toast('The server has stopped. Nothing was sent.');
    return { ok: false, error: 'unreachable' };
  }
  if (!answer.ok && !answer.errors) toast(answer.error);
  return answer;
}

let hiding;

/** Shows a short note for a few seconds. */
export function toast(text) {
  const box = byId('toast');
  box.textContent = text;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { box.hidden = true; }, 5000);
}

const PALETTE = ['#7c5cbf', '#1f7a8c', '#b4552d', '#3d7a3d', '#a33b6b', '#2f5fa8', '#7a6a1f'];

/** A round or square picture with initials, its colour always the same for the same name. */
export function avatar(name, isBot) {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  const picture = h('span', { class: isBot ? 'avatar bot' : 'avatar', 'aria-hidden': 'true' },
    isBot ? '♪' : name.slice(0, 2).toUpperCase());
  picture.style.background = isBot ? '' : PALETTE[sum % PALETTE.length];
  return picture;
}

export function time(ts) {
  const date = new Date(Number(ts) * 1000);
  return h('time', { datetime: date.toISOString(), title: date.toLocaleString() },
    date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
}
