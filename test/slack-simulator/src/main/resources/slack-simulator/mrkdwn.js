// Slack's mark-up as DOM nodes. Tokens in <…> are read first, then entities, then emphasis.
import { h } from './dom.js';

const EMOJI = {
  eyes: '👀', white_check_mark: '✅', x: '❌', warning: '⚠️', rocket: '🚀', tada: '🎉', hourglass: '⌛',
  hourglass_flowing_sand: '⏳', '+1': '👍', '-1': '👎', thumbsup: '👍', thumbsdown: '👎', heart: '❤️',
  fire: '🔥', no_entry: '⛔', no_entry_sign: '🚫', lock: '🔒', unlock: '🔓', key: '🔑', wave: '👋',
  robot_face: '🤖', bell: '🔔', no_bell: '🔕', mag: '🔍', hammer_and_wrench: '🛠️', gear: '⚙️',
  package: '📦', clock1: '🕐', stopwatch: '⏱️', red_circle: '🔴', large_green_circle: '🟢',
  large_yellow_circle: '🟡', large_orange_circle: '🟠', large_blue_circle: '🔵', white_circle: '⚪',
  black_circle: '⚫', arrow_right: '➡️', arrows_counterclockwise: '🔄', repeat: '🔁', pause_button: '⏸️',
  double_vertical_bar: '⏸️', arrow_forward: '▶️', rewind: '⏪', stop_sign: '🛑', octagonal_sign: '🛑',
  bulb: '💡', memo: '📝', question: '❓', exclamation: '❗', information_source: 'ℹ️', skull: '💀',
  zzz: '💤', sparkles: '✨', star: '⭐', bust_in_silhouette: '👤', busts_in_silhouette: '👥',
  house: '🏠', shield: '🛡️', chart_with_upwards_trend: '📈', heavy_check_mark: '✔️', ballot_box_with_check: '☑️',
  heavy_multiplication_x: '✖️', snowflake: '❄️', ice_cube: '🧊', construction: '🚧', ambulance: '🚑',
  rotating_light: '🚨', speech_balloon: '💬', link: '🔗', paperclip: '📎', computer: '💻', calendar: '📅',
  alarm_clock: '⏰', ok_hand: '👌', clap: '👏', pray: '🙏', point_right: '👉', raised_hands: '🙌',
  musical_note: '🎵', notes: '🎶', globe_with_meridians: '🌐', electric_plug: '🔌', wastebasket: '🗑️',
  joy: '😂', smile: '😄', thinking_face: '🤔', sweat_smile: '😅', cry: '😢', sob: '😭', coffee: '☕',
};

export const emojiNames = Object.keys(EMOJI);
export const emoji = (name) => EMOJI[name.split('::')[0]] ?? `:${name}:`;

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const plain = (text) => text.replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** Only addresses a browser may safely follow become links. */
function link(url, label) {
  const safe = /^(https?:|mailto:)/i.test(url);
  return safe
    ? h('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, label)
    : h('span', {}, label);
}

const DAY = 86_400_000;

/** Slack's "pretty" days: today, yesterday and tomorrow by name. */
function pretty(at, options) {
  const midnight = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
  const days = Math.round((midnight(at) - midnight(new Date())) / DAY);
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[days] ?? at.toLocaleDateString([], options);
}

const SHORT = { year: 'numeric', month: 'short', day: 'numeric' };
const LONG = { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' };
const CLOCK = { hour: '2-digit', minute: '2-digit' };
const DATES = {
  date_num: (at) => at.toLocaleDateString('sv'),
  date: (at) => at.toLocaleDateString([], { ...SHORT, month: 'long' }),
  date_short: (at) => at.toLocaleDateString([], SHORT),
  date_long: (at) => at.toLocaleDateString([], LONG),
  date_pretty: (at) => pretty(at, { ...SHORT, month: 'long' }),
  date_short_pretty: (at) => pretty(at, SHORT),
  date_long_pretty: (at) => pretty(at, LONG),
  time: (at) => at.toLocaleTimeString([], CLOCK),
  time_secs: (at) => at.toLocaleTimeString([], { ...CLOCK, second: '2-digit' }),
};

/** `!date^1392734382^{date} at {time}^https://…` in the reader's own time zone. */
function date(target, fallback) {
  const [, seconds, format, address] = target.split('^');
  const at = new Date(Number(seconds) * 1000);
  if (!format || Number.isNaN(at.getTime())) return h('span', {}, fallback);
  const words = format.replace(/\{(\w+)\}/g, (all, name) => DATES[name]?.(at) ?? all);
  const shown = h('time', { class: 'moment', datetime: at.toISOString(), title: at.toLocaleString() }, words);
  return address ? link(address, shown) : shown;
}

function token(inside, names) {
  const bar = inside.indexOf('|');
  const target = plain(bar < 0 ? inside : inside.slice(0, bar));
  const label = bar < 0 ? null : plain(inside.slice(bar + 1));
  if (target.startsWith('@')) {
    return h('span', { class: 'mention' }, '@' + (names.user(target.slice(1)) ?? label ?? target.slice(1)));
  }
  if (target.startsWith('#')) {
    return h('span', { class: 'mention' }, '#' + (names.channel(target.slice(1)) ?? label ?? target.slice(1)));
  }
  if (target.startsWith('!subteam^')) {
    return h('span', { class: 'mention' }, label ?? '@' + (names.group(target.slice(9)) ?? target.slice(9)));
  }
  if (target.startsWith('!date^')) return date(target, label ?? target);
  if (target.startsWith('!')) return h('span', { class: 'mention' }, '@' + target.slice(1));
  return link(target, label ?? target.replace(/^mailto:/, ''));
}

const STYLES = { '*': 'strong', '_': 'em', '~': 's' };

/** Emphasis and emoji in a line that has no tokens and no code any more. */
function emphasis(nodes) {
  const out = [];
  for (const node of nodes) {
    if (typeof node !== 'string') { out.push(node); continue; }
    const found = /(^|[\s(\[{"'.,;:!?\u200b\u2060—–-])([*_~])(?=\S)([^\n]*?\S)\2(?=$|[\s)\]}"'.,;:!?\u200b\u2060—–-])/.exec(node);
    if (found) {
      const start = found.index + found[1].length;
      const end = found.index + found[0].length;
      out.push(...emphasis([node.slice(0, start)]));
      out.push(h(STYLES[found[2]], {}, ...emphasis([found[3]])));
      out.push(...emphasis([node.slice(end)]));
    } else if (node) {
      out.push(plain(node.replace(/:([a-z0-9_+'-]+(?:::[a-z0-9-]+)?):/g,
        (all, name) => (emoji(name).startsWith(':') ? all : emoji(name)))));
    }
  }
  return out;
}

function inline(text, names) {
  const nodes = [];
  for (const part of text.split(/(`[^`\n]+`|<[^<>\n]+>)/)) {
    if (/^`[^`\n]+`$/.test(part)) {
      nodes.push(h('code', {}, plain(part.slice(1, -1).replace(/<([^|>]+)(?:\|([^>]*))?>/g, (_, target, label) => label ?? target))));
    } else if (/^<[^<>\n]+>$/.test(part)) {
      nodes.push(token(part.slice(1, -1), names));
    } else {
      nodes.push(part);
    }
  }
  return joinEmphasis(nodes);
}

/** Emphasis may span tokens: `*deploy <@U1>*`. Only whole plain parts are looked at otherwise. */
function joinEmphasis(nodes) {
  const first = nodes.find((node) => node !== '');
  const last = nodes.findLast((node) => node !== '');
  if (nodes.length > 1 && typeof first === 'string' && typeof last === 'string') {
    const mark = first[0];
    const alone = nodes.every((node) => typeof node !== 'string'
      || node.split(mark).length - 1 <= (node === first || node === last ? 1 : 0));
    if (first !== last && STYLES[mark] && last.endsWith(mark) && alone) {
      const inside = nodes.map((node) => {
        if (node === first) return node.slice(1);
        return node === last ? node.slice(0, -1) : node;
      });
      return [h(STYLES[mark], {}, ...emphasis(inside))];
    }
  }
  return emphasis(nodes);
}

function lines(text, names) {
  const out = [];
  let quote = null;
  const rows = text.split('\n');
  rows.forEach((row, index) => {
    const quoted = /^(&gt;|>) ?(.*)$/.exec(row);
    if (quoted) {
      if (!quote) { quote = h('blockquote'); out.push(quote); } else quote.append(h('br'));
      quote.append(...inline(quoted[2], names));
      return;
    }
    if (!quote && index > 0) out.push(h('br'));
    quote = null;
    out.push(...inline(row, names));
  });
  return out;
}

/** A text in Slack's mark-up as nodes. `names` knows people, channels and groups by id. */
export function mrkdwn(text, names) {
  const out = [];
  for (const part of String(text).split(/(```[\s\S]*?```)/)) {
    if (part.startsWith('```') && part.endsWith('```') && part.length >= 6) {
      out.push(h('pre', {}, plain(part.slice(3, -3).replace(/^\n|\n$/g, '').replace(/<([^|>\n]+)(?:\|([^>\n]*))?>/g, (_, target, label) => label ?? target))));
    } else if (part) {
      out.push(...lines(part.replace(/^\n|\n$/g, ''), names));
    }
  }
  return out;
}

/** A `markdown` block: headings, lists, rules and code of ordinary Markdown. */
export function markdown(text, names) {
  const out = [];
  for (const part of String(text).split(/(```[\s\S]*?```)/)) {
    if (part.startsWith('```')) {
      out.push(h('pre', {}, part.replace(/^```\w*\n?|\n?```$/g, '')));
      continue;
    }
    let list = null;
    for (const row of part.split('\n')) {
      const heading = /^(#{1,6}) (.*)$/.exec(row);
      const item = /^\s*(?:[-*]|\d+\.) (.*)$/.exec(row);
      const asSlack = (words) => inline(words.replace(/\*\*([^*]+)\*\*/g, '*$1*')
        .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<$2|$1>'), names);
      if (item) {
        if (!list) { list = h('ul'); out.push(list); }
        list.append(h('li', {}, ...asSlack(item[1])));
        continue;
      }
      list = null;
      if (heading) out.push(h('h' + Math.min(6, heading[1].length + 2), {}, ...asSlack(heading[2])));
      else if (/^(-{3,}|\*{3,})$/.test(row)) out.push(h('hr'));
      else if (row.trim()) out.push(h('p', {}, ...asSlack(row)));
    }
  }
  return out;
}

/** A text object: mrkdwn or plain. */
export function textObject(object, names) {
  if (!object) return [];
  if (object.type === 'mrkdwn') return mrkdwn(object.text, names);
  return emphasisless(object.text);
}

function emphasisless(text) {
  const out = [];
  String(text).split('\n').forEach((row, index) => {
    if (index) out.push(h('br'));
    out.push(row.replace(/:([a-z0-9_+'-]+):/g, (all, name) => (EMOJI[name] ? EMOJI[name] : all)));
  });
  return out;
}
