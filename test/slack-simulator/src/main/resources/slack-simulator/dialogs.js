// Confirm dialogs, modals and the list of keys: one native dialog, so focus stays inside it.
import { ask, byId, h } from './dom.js';
import { blocks, filledIn } from './blocks.js';
import { textObject } from './mrkdwn.js';

const dialog = () => byId('dialog');
/** Which modal is on the screen: its id and hash. */
let shown = '';

function show(content, label) {
  const box = dialog();
  box.replaceChildren(content);
  box.setAttribute('aria-label', label);
  if (!box.open) box.showModal();
}

/** Asks before an element with `confirm` acts. It takes the place of an open modal, which is drawn again afterwards. */
export function confirmed(confirm, names) {
  shown = '';
  return new Promise((resolve) => {
    const end = (answer) => { dialog().onclose = null; dialog().close(); resolve(answer); };
    const danger = confirm.style === 'danger';
    show(h('div', { class: 'sheet', 'data-testid': 'confirm' },
      h('h2', {}, textObject(confirm.title, names)),
      h('div', {}, textObject(confirm.text, names)),
      h('div', { class: 'row' },
        h('button', { type: 'button', class: 'button', 'data-testid': 'confirm-deny', onclick: () => end(false) }, textObject(confirm.deny, names)),
        h('button', { type: 'button', class: danger ? 'button danger' : 'button primary', autofocus: true, 'data-testid': 'confirm-ok', onclick: () => end(true) }, textObject(confirm.confirm, names)))),
      'Confirm');
    dialog().onclose = () => resolve(false);
  });
}

/** The modal that was drawn last. */
let form = null;

function restore(drawn, values) {
  for (const [block, fields] of Object.entries(values)) {
    for (const [action, value] of Object.entries(fields)) {
      const field = drawn.querySelector(`[data-input="${CSS.escape(block)}"] [data-action="${CSS.escape(action)}"]`);
      if (!field || !value) continue;
      if (!field.classList.contains('choices')) field.value = value;
      else for (const box of field.querySelectorAll('input')) box.checked = value.split(',').includes(box.value);
    }
  }
}

/** Shows the topmost modal of a person, or takes the dialog away where there is none any more. */
export function modal(view, person, names, act) {
  if (!view) {
    if (shown) { shown = ''; dialog().onclose = null; dialog().close(); }
    return;
  }
  if (shown === view.id + view.hash) return;
  // As in Slack, what was filled in stays where a field stays.
  const before = form && form.dataset.view === view.id ? filledIn(form) : {};
  shown = view.id + view.hash;
  const close = () => { shown = ''; dialog().onclose = null; dialog().close(); ask('close', { as: person, view_id: view.id }); };
  form = h('form', { class: 'sheet modal', 'data-testid': 'modal', 'data-view': view.id },
    h('h2', {}, textObject(view.title, names)),
    h('div', { class: 'sheet-body' }, blocks(view.blocks, { names, act })),
    h('div', { class: 'row' },
      h('button', { type: 'button', class: 'button', 'data-testid': 'modal-close', onclick: close }, view.close ? textObject(view.close, names) : 'Cancel'),
      view.submit ? h('button', { type: 'submit', class: 'button primary', 'data-testid': 'modal-submit' }, textObject(view.submit, names)) : null));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    for (const error of form.querySelectorAll('.error')) error.hidden = true;
    const answer = await ask('submit', { as: person, view_id: view.id, values: filledIn(form) });
    for (const [block, text] of Object.entries(answer.errors ?? {})) {
      const error = form.querySelector(`[data-error="${CSS.escape(block)}"]`);
      if (error) { error.textContent = text; error.hidden = false; }
    }
  });
  restore(form, before);
  show(form, view.title?.text ?? 'Modal');
  dialog().onclose = close;
}

const KEYS = [
  ['Enter', 'send'], ['Shift Enter', 'new line'], ['↑', 'in an empty box: recall your last message'],
  ['Ctrl K', 'go to a conversation'], ['Alt ↑ / Alt ↓', 'previous or next conversation'],
  ['Ctrl .', 'switch to the next person'], ['Esc', 'close the thread or a dialog'], ['/', 'go to the message box'], ['?', 'show these keys'],
];

export function keys() {
  show(h('div', { class: 'sheet' }, h('h2', {}, 'Keys'),
    h('dl', { class: 'keys' }, KEYS.map(([key, does]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, does)])),
    h('div', { class: 'row' }, h('button', { type: 'button', class: 'button', onclick: () => dialog().close() }, 'Close'))), 'Keys');
}

/** Lets a person type a few letters of a conversation's name and go there. */
export function switcher(places, go) {
  const list = h('ul', { class: 'found' });
  const field = h('input', { class: 'field', placeholder: 'Go to…', autofocus: true, 'data-testid': 'switcher', 'aria-label': 'Go to a conversation' });
  let found = [];
  let at = 0;
  const draw = () => {
    const wanted = field.value.toLowerCase().replace(/^[#@]/, '');
    found = places.filter((place) => place.title.toLowerCase().includes(wanted));
    at = Math.max(0, Math.min(at, found.length - 1));
    list.replaceChildren(...found.map((place, index) =>
      h('li', {}, h('button', { type: 'button', class: index === at ? 'place here' : 'place', onclick: () => pick(place) }, place.title))));
  };
  const pick = (place) => { dialog().close(); if (place) go(place.id); };
  field.addEventListener('input', () => { at = 0; draw(); });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') at += 1;
    else if (event.key === 'ArrowUp') at -= 1;
    else if (event.key === 'Enter') { event.preventDefault(); pick(found[at]); return; } else return;
    event.preventDefault();
    draw();
  });
  draw();
  show(h('div', { class: 'sheet' }, field, list), 'Go to a conversation');
  field.focus();
}
