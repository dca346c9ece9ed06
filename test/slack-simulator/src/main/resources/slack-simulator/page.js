// The page: what is shown is always fetched again from the control interface; the feed only says when.
import { ask, avatar, byId, h, time, toast } from './dom.js';
import { blocks } from './blocks.js';
import { confirmed, keys, modal, switcher } from './dialogs.js';
import { emoji, mrkdwn } from './mrkdwn.js';

const state = { world: null, person: null, channel: null, thread: null, tab: 'messages', unread: new Set(), since: 0, drawn: new Map(), last: {}, awaited: null, suggestions: [] };

const me = () => state.world.people.find((person) => person.id === state.person);
const botPlace = () => me().direct_message;

const names = {
  user: (id) => (id === state.world.bot.id ? state.world.bot.name : state.world.people.find((each) => each.id === id)?.name),
  channel: (id) => state.world.channels.find((each) => each.id === id)?.name,
  group: (id) => state.world.groups.find((each) => each.id === id)?.handle,
  people: () => state.world.people,
  channels: () => state.world.channels.filter((each) => each.kind !== 'direct'),
};

/** The conversations the person is in, in the order of the list. */
function places() {
  const channels = state.world.channels
    .filter((channel) => channel.kind !== 'direct' && channel.members.includes(state.person))
    .map((channel) => ({ id: channel.id, title: '#' + channel.name, channel }));
  const bot = state.world.bot.name;
  return [...channels, { id: botPlace(), title: '@' + bot, channel: state.world.channels.find((each) => each.id === botPlace()) }];
}

// ---- the list on the left

function drawSidebar() {
  byId('team-name').textContent = state.world.team.name;
  const open = state.world.bot.connections;
  const link = byId('link-state');
  link.className = open ? 'link-state up' : 'link-state down';
  link.textContent = open ? `${state.world.bot.name} is connected` : `${state.world.bot.name} is not connected`;
  const choose = byId('person-switch');
  choose.replaceChildren(...state.world.people.filter((person) => person.standing !== 'deactivated').map((person) =>
    h('option', { value: person.id, selected: person.id === state.person }, `${person.name} · ${person.groups.join(', ') || person.standing.replaceAll('_', ' ')}`)));
  const item = (place, sign) => h('li', {}, h('button', {
    type: 'button', class: ['place', place.id === state.channel ? 'here' : '', state.unread.has(place.id) ? 'unread' : ''].join(' '),
    'aria-current': place.id === state.channel ? 'page' : null, 'data-testid': 'channel-' + place.title.slice(1), onclick: () => go(place.id),
  }, h('span', { class: 'sign', 'aria-hidden': 'true' }, sign), place.title.slice(1), place.channel.shared && sign === '#' ? h('span', { class: 'chip' }, 'shared') : null));
  const all = places();
  byId('channels').replaceChildren(...all.slice(0, -1).map((place) => item(place, '#')));
  byId('apps').replaceChildren(item(all.at(-1), '♪'));
}

async function drawSide() {
  const side = await ask('side');
  if (!side.ok && !side.actions) return;
  if (String(side.suggestions) !== String(state.suggestions)) { state.suggestions = side.suggestions ?? []; redraw(); }
  byId('side').hidden = side.actions.length === 0;
  byId('side-title').textContent = side.title || 'Try';
  byId('side-actions').replaceChildren(...side.actions.map((action) => h('li', {},
    h('button', { type: 'button', class: 'button small', 'data-testid': 'side-' + action.id, onclick: async () => { await ask('side/' + action.id, {}); setTimeout(drawSide, 300); } }, action.label),
    action.state ? h('span', { class: 'muted small' }, action.state) : null)));
}

// ---- messages

async function act(message, item, value, view) {
  if (item.confirm) {
    const sure = await confirmed(item.confirm, names);
    if (view) drawViews();
    if (!sure) { redraw(); return; }
  }
  const where = view ? { view_id: view.id } : { channel: message.channel, ts: message.ts };
  const answer = await ask('click', { as: state.person, action_id: item.action_id, ...(value ? { value } : {}), ...where });
  if (answer.error === 'dispatch_failed') toast('The app is not connected, so the click was not delivered.');
  if (answer.error === 'operation_timeout') toast('The app did not acknowledge the click.');
}

function preview(file) {
  const box = h('div', { class: 'file', 'data-testid': 'file' },
    h('div', { class: 'file-head' }, h('strong', {}, file.title), h('span', { class: 'muted small' }, ` ${file.size.toLocaleString()} bytes`),
      h('span', { class: 'spring' }), h('a', { href: file.content_url, download: file.name, 'data-testid': 'file-download' }, 'Download')));
  if (file.mimetype.startsWith('image/')) box.append(h('img', { src: file.content_url, alt: file.title, class: 'picture' }));
  else if (file.mimetype.startsWith('text/') || file.mimetype === 'application/json') {
    const text = h('pre', { class: 'file-text' });
    fetch(file.content_url).then((response) => response.text()).then((content) => { text.textContent = content.length > 4000 ? content.slice(0, 4000) + '\n…' : content; });
    box.append(text);
  }
  return box;
}

function reactions(message) {
  if (!message.reactions.length) return null;
  return h('div', { class: 'reactions' }, message.reactions.map((reaction) => {
    const mine = reaction.users.includes(state.person);
    return h('button', { type: 'button', class: mine ? 'reaction mine' : 'reaction', 'data-testid': 'reaction-' + reaction.name, title: `:${reaction.name}: ${reaction.users.map(names.user).join(', ')}`,
      onclick: () => ask('react', { as: state.person, channel: message.channel, ts: message.ts, name: reaction.name, remove: mine }) }, emoji(reaction.name), ' ', String(reaction.count));
  }));
}

function attachments(message) {
  return (message.attachments ?? []).map((each) => {
    const bar = h('div', { class: 'attachment' }, each.pretext ? h('div', {}, mrkdwn(each.pretext, names)) : null, each.title ? h('strong', {}, each.title) : null,
      each.text ? h('div', {}, mrkdwn(each.text, names)) : null, each.blocks ? blocks(each.blocks, { names, act: (item, value) => act(message, item, value) }) : null);
    if (/^#?[0-9a-f]{6}$/i.test(each.color ?? '')) bar.style.borderColor = '#' + each.color.replace('#', '');
    return bar;
  });
}

function body(message) {
  const typed = message.blocks.length === 1 && message.blocks[0].block_id === 'typed';
  if (message.blocks.length && !typed) return blocks(message.blocks, { names, act: (item, value) => act(message, item, value) });
  return message.text ? [h('div', { class: 'text' }, mrkdwn(message.text, names))] : [];
}

function draw(message, previous, inThread) {
  const isBot = Boolean(message.bot_id);
  const follows = previous && previous.user === message.user && !message.ephemeral_to && !previous.ephemeral_to
    && Number(message.ts) - Number(previous.ts) < 120 && message.subtype !== 'thread_broadcast' && !(previous.reply_count && !inThread);
  const own = message.user === state.person;
  const tools = h('div', { class: 'tools' },
    ['eyes', '+1'].map((name) => h('button', { type: 'button', title: `React with :${name}:`, onclick: () => ask('react', { as: state.person, channel: message.channel, ts: message.ts, name }) }, emoji(name))),
    inThread || message.ephemeral_to ? null : h('button', { type: 'button', title: 'Reply in thread', 'data-testid': 'open-thread', onclick: () => openThread(message.thread_ts ?? message.ts) }, '💬'),
    own ? h('button', { type: 'button', title: 'Delete', onclick: () => ask('delete', { as: state.person, channel: message.channel, ts: message.ts }) }, '🗑') : null);
  return h('article', { class: ['message', follows ? 'follows' : '', message.ephemeral_to ? 'ephemeral' : ''].join(' '), 'data-testid': 'message', 'data-ts': message.ts, 'data-user': message.user },
    h('div', { class: 'gutter' }, follows ? null : avatar(message.user_name, isBot)),
    h('div', { class: 'content' },
      message.ephemeral_to ? h('div', { class: 'private' }, 'Only visible to you') : null,
      follows ? null : h('div', { class: 'head' }, h('strong', {}, message.user_name), isBot ? h('span', { class: 'chip' }, 'APP') : null, ' ', time(message.ts)),
      message.subtype === 'thread_broadcast' && !inThread ? h('div', { class: 'muted small' }, 'replied in a thread, also sent to the channel') : null,
      body(message),
      attachments(message),
      message.edited && (!message.blocks.length || !isBot) ? h('span', { class: 'muted small', 'data-testid': 'edited' }, '(edited)') : null,
      message.files.map(preview),
      reactions(message),
      message.reply_count && !inThread ? h('button', { type: 'button', class: 'replies', 'data-testid': 'replies', onclick: () => openThread(message.ts) }, `${message.reply_count} ${message.reply_count === 1 ? 'reply' : 'replies'}`) : null),
    tools);
}

/** Draws a list of messages, touching only those that changed, so that nothing flickers or loses focus. */
function drawInto(box, messages, inThread) {
  const bottom = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const memory = state.drawn.get(box) ?? new Map();
  const next = new Map();
  let previous = null;
  const nodes = messages.map((message) => {
    const key = JSON.stringify([message, previous?.user, previous?.ts, state.person]);
    const known = memory.get(message.ts);
    const node = known && known.key === key ? known.node : draw(message, previous, inThread);
    next.set(message.ts, { key, node });
    previous = message;
    return node;
  });
  state.drawn.set(box, next);
  if (!nodes.length) nodes.push(h('div', { class: 'empty' }, h('p', {}, inThread ? 'Nothing here yet.' : `Say something to ${state.world.bot.name}.`), h('p', { class: 'muted' }, 'It receives direct messages, and ', h('code', {}, '@' + state.world.bot.name), ' mentions in its channels.'), inThread ? null : suggestions()));
  let at = box.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else box.insertBefore(node, at);
  }
  while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
  if (bottom) box.scrollTop = box.scrollHeight;
}

/** What somebody may say who does not know what to say, each on a button. */
function suggestions() {
  if (!state.suggestions.length) return null;
  const isDirect = state.channel === botPlace();
  return h('p', { class: 'suggestions', 'data-testid': 'suggestions' }, state.suggestions.map((line) =>
    h('button', { type: 'button', class: 'button', onclick: () => say(isDirect ? line : `@${state.world.bot.name} ${line}`, null) }, line)));
}

/** As in Slack, a message for one person's eyes is gone once the page is loaded again. */
const remembered = (message) => !message.ephemeral_to || Number(message.ts) > state.since;

let drawing = 0;

async function redraw() {
  const turn = ++drawing;
  const { channel, person, thread } = state;
  const query = (more) => 'messages?' + new URLSearchParams({ channel, as: person, ...more });
  const [main, answers] = await Promise.all([ask(query({})), thread ? ask(query({ thread_ts: thread })) : null]);
  if (turn !== drawing || !main.ok) return;
  drawInto(byId('messages'), main.messages.filter(remembered), false);
  if (answers?.ok) drawInto(byId('thread-messages'), answers.messages.filter(remembered), true);
}

async function drawViews() {
  const { views } = await ask('views?as=' + state.person);
  const home = views.find((view) => view.type === 'home');
  byId('home').replaceChildren(...(home ? blocks(home.blocks, { names, act: (item, value) => act(null, item, value, home) }) : [h('div', { class: 'empty' }, 'The app has no home tab for you yet.')]));
  const top = views.filter((view) => view.type === 'modal').at(-1);
  modal(top, state.person, names, (item, value) => act(null, item, value, top));
}

// ---- going places

function go(channel) {
  state.channel = channel;
  state.tab = 'messages';
  state.unread.delete(channel);
  closeThread();
  document.body.classList.remove('menu-open');
  drawPlace();
  remember();
  redraw().then(() => { const box = byId('messages'); box.scrollTop = box.scrollHeight; });
  byId('message-input').focus();
}

function drawPlace() {
  drawSidebar();
  const place = places().find((each) => each.id === state.channel);
  const isApp = state.channel === botPlace();
  byId('title').textContent = isApp ? state.world.bot.name : place.title;
  byId('subtitle').textContent = isApp ? 'app' : `${place.channel.members.length} members`;
  byId('message-input').placeholder = isApp ? `Message ${state.world.bot.name}` : `Message ${place.title}`;
  byId('tabs').hidden = !isApp;
  const home = isApp && state.tab === 'home';
  byId('home').hidden = !home;
  byId('messages').hidden = home;
  byId('composer').hidden = home;
  byId('tab-home').setAttribute('aria-pressed', String(home));
  byId('tab-messages').setAttribute('aria-pressed', String(!home));
}

function tab(name) {
  state.tab = name;
  drawPlace();
  ask('home', { as: state.person, tab: name });
  if (name !== 'home') return;
  closeThread();
  drawViews();
}

function openThread(ts) {
  state.thread = ts;
  byId('thread').hidden = false;
  document.body.classList.add('with-thread');
  redraw();
  byId('thread-input').focus();
}

function closeThread() {
  state.thread = null;
  byId('thread').hidden = true;
  document.body.classList.remove('with-thread');
}

function become(person) {
  const inDirect = state.world && state.channel === botPlace();
  state.person = person;
  if (inDirect) state.channel = botPlace();
  const known = places();
  state.drawn.clear();
  byId('messages').replaceChildren();
  go(known.some((place) => place.id === state.channel) ? state.channel : known[0].id);
  drawViews();
}

function remember() {
  const query = new URLSearchParams({ as: me().name, channel: state.channel });
  history.replaceState(null, '', '/?' + query);
}

// ---- typing

/** What is typed leaves the box only once it has been taken. */
async function send(input, thread) {
  const text = input.value.trim();
  if (!text || input.readOnly) return;
  input.readOnly = true;
  const taken = await say(text, thread);
  input.readOnly = false;
  if (!taken) return;
  input.value = '';
  grow(input);
}

async function say(text, thread) {
  state.last[state.person] = text;
  let answer = { ok: true };
  const command = state.world.bot.commands.find((each) => text === each || text.startsWith(each + ' '));
  const invited = /^\/invite @?(\S+)$/.exec(text);
  if (invited) answer = await ask('invite', { channel: state.channel, user: invited[1] });
  else if (command && thread) toast('Slash commands do not work in threads.');
  else if (command) {
    answer = await ask('slash', { as: state.person, channel: state.channel, command, text: text.slice(command.length).trim() });
    if (answer.error === 'dispatch_failed') toast('The app is not connected, so the command was not delivered.');
  } else {
    const direct = state.channel === botPlace();
    answer = await ask('say', { as: state.person, channel: state.channel, text, ...(thread ? { thread_ts: thread } : {}) });
    // Slack shows an answer in a thread as a line below the question; here the thread opens by itself.
    if (answer.ok && direct && !thread) await awaitAnswer(answer.ts);
  }
  for (const box of [byId('messages'), byId('thread-messages')]) box.scrollTop = box.scrollHeight;
  return answer.ok || answer.error !== 'unreachable';
}

/** Opens the thread of one's own question in a direct conversation once it is answered there. */
async function awaitAnswer(ts) {
  state.awaited = ts;
  const query = new URLSearchParams({ channel: state.channel, as: state.person, thread_ts: ts });
  const thread = await ask('messages?' + query);
  if (thread.ok && thread.messages.length > 1) openAwaited(ts);
}

function openAwaited(ts) {
  if (state.awaited !== ts || state.thread === ts) return;
  state.awaited = null;
  const writing = document.activeElement;
  openThread(ts);
  if (writing === byId('message-input') && innerWidth > 800) writing.focus();
}

function grow(input) {
  input.style.height = 'auto';
  input.style.height = Math.min(input.scrollHeight, 200) + 'px';
}

function typing(input, form, thread) {
  input.addEventListener('input', () => grow(input));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send(input, thread());
    } else if (event.key === 'ArrowUp' && !event.altKey && !input.value && state.last[state.person]) {
      event.preventDefault();
      input.value = state.last[state.person];
      grow(input);
    }
  });
  form.addEventListener('submit', (event) => { event.preventDefault(); send(input, thread()); });
}

document.addEventListener('keydown', (event) => {
  const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '');
  if (byId('dialog').open) return;
  if ((event.ctrlKey || event.metaKey) && event.key === 'k') {
    event.preventDefault();
    switcher(places(), go);
  } else if (event.ctrlKey && event.key === '.') {
    const people = state.world.people.filter((person) => person.standing !== 'deactivated');
    become(people[(people.findIndex((person) => person.id === state.person) + 1) % people.length].id);
  } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    event.preventDefault();
    const all = places();
    const at = all.findIndex((place) => place.id === state.channel);
    go(all[(at + (event.key === 'ArrowUp' ? -1 : 1) + all.length) % all.length].id);
  } else if (event.key === 'Escape') {
    if (state.thread) { closeThread(); byId('message-input').focus(); }
    document.body.classList.remove('menu-open');
  } else if (!writing && event.key === '?') keys();
  else if (!writing && event.key === '/') { event.preventDefault(); byId('message-input').focus(); }
});

// ---- light and dark

function theme(next) {
  document.documentElement.dataset.theme = next;
  localStorage.setItem('theme', next);
}

byId('theme').addEventListener('click', () => theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
theme(localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));

// ---- beginning, and hearing of changes

async function refreshWorld() {
  const world = await ask('workspace');
  if (world.error === 'unreachable') return;
  state.world = world;
  drawSidebar();
}

function heard(change) {
  if (change.kind === 'hello' || change.kind === 'reset' || change.kind === 'joined' || change.kind === 'people') {
    refreshWorld().then(() => { drawPlace(); redraw(); drawViews(); });
  } else if (change.kind === 'view') {
    if (change.user === state.person) drawViews();
  } else if (change.channel === state.channel) {
    redraw();
    if (change.kind === 'posted' && change.thread_ts && change.thread_ts === state.awaited && change.user !== state.person) openAwaited(change.thread_ts);
  }
  else if (change.kind === 'posted' && change.user !== state.person && places().some((place) => place.id === change.channel)
    && (!change.ephemeral_to || change.ephemeral_to === state.person)) {
    state.unread.add(change.channel);
    drawSidebar();
  }
}

/** Says that nobody is there any more; what was typed stays in its box. */
function stopped(gone) {
  byId('stopped').hidden = !gone;
  if (!gone) return;
  byId('link-state').className = 'link-state down';
  byId('link-state').textContent = 'the server has stopped';
}

async function begin() {
  state.world = await ask('workspace');
  state.since = Number(state.world.latest);
  const query = new URLSearchParams(location.search);
  const person = state.world.people.find((each) => each.name === query.get('as')) ?? state.world.people[0];
  state.person = person.id;
  const wanted = query.get('channel');
  state.channel = places().some((place) => place.id === wanted) ? wanted : botPlace();
  byId('person-switch').addEventListener('change', (event) => become(event.target.value));
  byId('menu').addEventListener('click', () => document.body.classList.toggle('menu-open'));
  byId('thread-close').addEventListener('click', closeThread);
  byId('tab-home').addEventListener('click', () => tab('home'));
  byId('tab-messages').addEventListener('click', () => tab('messages'));
  byId('help').addEventListener('click', keys);
  typing(byId('message-input'), byId('composer'), () => null);
  typing(byId('thread-input'), byId('thread-composer'), () => state.thread);
  go(state.channel);
  if (query.get('thread_ts')) openThread(query.get('thread_ts'));
  drawSide();
  const feed = new EventSource('/_sim/feed');
  feed.addEventListener('change', (event) => heard(JSON.parse(event.data)));
  feed.addEventListener('error', () => stopped(true));
  feed.addEventListener('open', () => { stopped(false); refreshWorld().then(redraw); });
  setInterval(() => { if (!document.hidden) { refreshWorld(); drawSide(); } }, 5000);
}

begin();
