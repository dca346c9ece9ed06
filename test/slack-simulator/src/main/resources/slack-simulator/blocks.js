// Block Kit as DOM nodes. What a person does with an element is told to `act(element, value, block)`.
import { h } from './dom.js';
import { emoji, markdown, mrkdwn, textObject } from './mrkdwn.js';

function richInline(element, names) {
  const style = element.style ?? {};
  let node;
  switch (element.type) {
    case 'link':
      node = mrkdwn(`<${element.url}|${(element.text ?? element.url).replace(/[<>&|]/g, ' ')}>`, names)[0];
      break;
    case 'user': node = h('span', { class: 'mention' }, '@' + (names.user(element.user_id) ?? element.user_id)); break;
    case 'usergroup': node = h('span', { class: 'mention' }, '@' + (names.group(element.usergroup_id) ?? element.usergroup_id)); break;
    case 'channel': node = h('span', { class: 'mention' }, '#' + (names.channel(element.channel_id) ?? element.channel_id)); break;
    case 'broadcast': node = h('span', { class: 'mention' }, '@' + element.range); break;
    case 'emoji': node = h('span', {}, emoji(element.name)); break;
    case 'date': node = mrkdwn(`<!date^${element.timestamp}^${element.format ?? '{date_short_pretty} {time}'}|${(element.fallback ?? '').replace(/[<>|]/g, ' ')}>`, names)[0]; break;
    default: node = h(style.code ? 'code' : 'span', {}, element.text ?? '');
  }
  if (style.bold) node = h('strong', {}, node);
  if (style.italic) node = h('em', {}, node);
  if (style.strike) node = h('s', {}, node);
  return node;
}

function rich(element, names) {
  const inside = (element.elements ?? []).map((each) =>
    (each.type.startsWith('rich_text_') ? rich(each, names) : richInline(each, names)));
  switch (element.type) {
    case 'rich_text_preformatted': return h('pre', {}, inside);
    case 'rich_text_quote': return h('blockquote', {}, inside);
    case 'rich_text_list':
      return h(element.style === 'ordered' ? 'ol' : 'ul', {}, inside.map((each) => h('li', {}, each)));
    default: return h('div', { class: 'rich' }, inside);
  }
}

function options(element) {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
}

function menu(element, names, onchange) {
  const select = h('select', { class: 'menu', autofocus: element.focus_on_load, 'data-testid': element.action_id, 'data-action': element.action_id, onchange });
  const hint = element.placeholder?.text ?? 'Choose…';
  select.append(h('option', { value: '' }, hint));
  const all = { users_select: names.people, channels_select: names.channels, conversations_select: names.channels };
  const entries = all[element.type]
    ? all[element.type]().map((each) => [each.id, each.name])
    : options(element).map((option) => [option.value, option.text.text]);
  const chosen = element.initial_option?.value ?? element.initial_user ?? element.initial_channel ?? element.initial_conversation;
  const option = (value, label) => h('option', { value, selected: value === chosen }, label);
  if (element.option_groups) {
    for (const group of element.option_groups) select.append(h('optgroup', { label: group.label.text }, group.options.map((each) => option(each.value, each.text.text))));
  } else for (const [value, label] of entries) select.append(option(value, label));
  return select;
}

/** An element a person can use. In a modal's input block `act` is null: the value is read at the end. */
export function element(item, block, context) {
  const { names, act } = context;
  const use = (value) => act?.(item, value, block);
  switch (item.type) {
    case 'button': {
      if (item.url) {
        const safe = /^https?:/i.test(item.url) ? item.url : '#';
        return h('a', { class: `button ${item.style ?? ''}`, href: safe, target: '_blank', rel: 'noreferrer noopener', 'data-testid': item.action_id, onclick: () => use(null) }, textObject(item.text, names));
      }
      return h('button', { type: 'button', class: `button ${item.style ?? ''}`, 'data-testid': item.action_id, 'data-action': item.action_id, 'aria-label': item.accessibility_label, onclick: () => use(null) }, textObject(item.text, names));
    }
    case 'icon_button':
      return h('button', { type: 'button', class: 'button', 'data-testid': item.action_id, 'data-action': item.action_id, onclick: () => use(item.value ?? null) }, textObject(item.text, names));
    case 'feedback_buttons':
      return h('span', {}, [item.positive_button, item.negative_button].map((each) =>
        h('button', { type: 'button', class: 'button', 'data-testid': item.action_id, 'data-action': item.action_id, onclick: () => use(each.value) }, textObject(each.text, names))));
    case 'image':
      return h('img', { src: item.image_url, alt: item.alt_text, class: 'picture', loading: 'lazy' });
    case 'static_select': case 'external_select': case 'users_select': case 'channels_select': case 'conversations_select':
    case 'overflow':
      return menu(item, names, (event) => event.target.value && use(event.target.value));
    case 'radio_buttons': case 'checkboxes': case 'multi_static_select': {
      const type = item.type === 'radio_buttons' ? 'radio' : 'checkbox';
      const chosen = [item.initial_option?.value, ...(item.initial_options ?? []).map((each) => each.value)];
      const box = h('div', { class: 'choices', 'data-testid': item.action_id, 'data-action': item.action_id });
      for (const option of options(item)) {
        box.append(h('label', {}, h('input', { type, name: item.action_id, value: option.value, checked: chosen.includes(option.value), onchange: () => use(choice(box)) }), ' ', textObject(option.text, names)));
      }
      return box;
    }
    case 'datepicker': case 'timepicker':
      return h('input', { type: item.type === 'datepicker' ? 'date' : 'time', class: 'field', 'data-testid': item.action_id, 'data-action': item.action_id, value: item.initial_date ?? item.initial_time ?? '', onchange: (event) => use(event.target.value) });
    case 'number_input':
      return h('input', { type: 'number', class: 'field', 'data-testid': item.action_id, 'data-action': item.action_id, value: item.initial_value ?? '' });
    case 'plain_text_input': case 'email_text_input': case 'url_text_input': {
      const attributes = { class: 'field', 'data-testid': item.action_id, 'data-action': item.action_id, autofocus: item.focus_on_load, placeholder: item.placeholder?.text, maxlength: item.max_length };
      if (item.multiline) {
        const area = h('textarea', { ...attributes, rows: 4 });
        area.value = item.initial_value ?? '';
        return area;
      }
      return h('input', { ...attributes, value: item.initial_value ?? '' });
    }
    default:
      return h('span', { class: 'muted' }, `[${item.type}]`);
  }
}

function choice(box) {
  return [...box.querySelectorAll('input:checked')].map((input) => input.value).join(',');
}

function image(block) {
  const title = block.title?.text ?? block.alt_text;
  const source = block.image_url ?? '';
  const picture = h('img', { src: source, alt: block.alt_text, class: 'picture', loading: 'lazy' });
  picture.addEventListener('error', () => picture.replaceWith(h('span', { class: 'no-picture' }, '🖼 ' + block.alt_text)));
  return h('figure', {}, h('figcaption', {}, title), source ? picture : h('span', { class: 'no-picture' }, '🖼 ' + block.alt_text));
}

function cell(item, names) {
  switch (item.type) {
    case 'rich_text': return (item.elements ?? []).map((each) => rich(each, names));
    case 'raw_number': return String(item.text ?? item.value);
    default: return item.text ?? '';
  }
}

/** Rows and cells; a data table's first row is its head, and clicking there sorts the rest. */
function table(block, at, names) {
  const hasHead = block.type === 'data_table';
  const rows = block.rows ?? [];
  const line = (cells, tag) => h('tr', {}, cells.map((each, i) =>
    h(tag, { class: block.column_settings?.[i]?.align ?? (each.type === 'raw_number' ? 'right' : null) }, cell(each, names))));
  const body = h('tbody', {}, rows.slice(hasHead ? 1 : 0).map((cells) => line(cells, 'td')));
  const head = hasHead && rows.length ? h('thead', {}, line(rows[0], 'th')) : null;
  head?.querySelectorAll('th').forEach((title, i) => title.addEventListener('click', () => {
    const text = (row) => row.cells[i]?.textContent ?? '';
    body.append(...[...body.rows].sort((one, other) => text(one).localeCompare(text(other), undefined, { numeric: true })));
  }));
  return h('div', { ...at, class: at.class + ' wide' }, h('table', {}, block.caption ? h('caption', {}, block.caption) : null, head, body));
}

const MARKS = { pending: '○', in_progress: '◐', complete: '✓', error: '✗' };
const LEVELS = { info: 'ℹ', warning: '⚠', error: '✗', success: '✓' };

function task(item, names) {
  const more = [item.details, item.output].filter(Boolean).map((each) => (each.elements ?? []).map((part) => rich(part, names)));
  const title = `${MARKS[item.status] ?? '○'} ${item.title}`;
  return more.length
    ? h('details', { class: 'task ' + item.status }, h('summary', {}, title), more)
    : h('div', { class: 'task ' + item.status }, title);
}

function card(item, at, context) {
  const { names } = context;
  const picture = (each, kind) => (each ? h('img', { src: each.image_url, alt: each.alt_text, class: kind, loading: 'lazy' }) : null);
  return h('div', { ...at, class: 'block card' },
    picture(item.hero_image, 'picture'),
    h('div', {}, picture(item.icon, 'tiny'), h('strong', {}, textObject(item.title, names))),
    item.subtitle ? h('div', { class: 'muted small' }, textObject(item.subtitle, names)) : null,
    item.body ? h('div', {}, textObject(item.body, names)) : null,
    item.actions?.length ? h('div', { class: 'actions' }, item.actions.map((each) => element(each, item, context))) : null);
}

/** A chart as bars of text: what is in it can be read, and that is what it is for here. */
function chart(item, at) {
  const parts = item.chart?.type === 'pie'
    ? [{ name: '', data: item.chart.segments ?? [] }]
    : item.chart?.series ?? [];
  const most = Math.max(1, ...parts.flatMap((series) => (series.data ?? []).map((point) => Math.abs(point.value))));
  return h('figure', { ...at, class: 'block chart' }, h('figcaption', {}, item.chart?.axis_config?.y_label ? `${item.title} (${item.chart.axis_config.y_label})` : item.title),
    parts.map((series) => [parts.length > 1 && series.name ? h('div', { class: 'small' }, series.name) : null,
      (series.data ?? []).map((point) => h('div', { class: 'chart-bar' }, h('span', { class: 'chart-label' }, point.label),
        h('meter', { min: 0, max: most, value: Math.abs(point.value) }), h('span', {}, String(point.value))))]));
}

function container(item, at, context) {
  const { names } = context;
  const title = item.rich_text_title
    ? (item.rich_text_title.elements ?? []).map((each) => rich(each, names))
    : textObject(item.title, names);
  const subtitle = item.subtitle ? h('span', { class: 'muted small' }, ' ', textObject(item.subtitle, names)) : null;
  const inside = (item.child_blocks ?? []).map((each) => block(each, context));
  return item.is_collapsible
    ? h('details', { ...at, open: !item.default_collapsed }, h('summary', {}, h('strong', {}, title), subtitle), inside)
    : h('div', at, h('div', {}, h('strong', {}, title), subtitle), inside);
}

/** One block. */
export function block(item, context) {
  const { names } = context;
  const at = { class: 'block ' + item.type, 'data-testid': 'block-' + item.block_id };
  switch (item.type) {
    case 'header': return h('h3', at, textObject(item.text, names));
    case 'divider': return h('hr', at);
    case 'section': {
      const fields = item.fields?.length
        ? h('div', { class: 'fields' }, item.fields.map((field) => h('div', {}, textObject(field, names))))
        : null;
      return h('div', at, h('div', { class: 'grow' }, h('div', {}, textObject(item.text, names)), fields),
        item.accessory ? element(item.accessory, item, context) : null);
    }
    case 'context':
      return h('div', at, item.elements.map((each) =>
        (each.type === 'image' ? h('img', { src: each.image_url, alt: each.alt_text, class: 'tiny' }) : h('span', {}, textObject(each, names)))));
    case 'actions': return h('div', at, item.elements.map((each) => element(each, item, context)));
    case 'markdown': return h('div', at, markdown(item.text, names));
    case 'rich_text': return h('div', at, item.elements.map((each) => rich(each, names)));
    case 'alert': return h('div', { ...at, role: 'status' }, (LEVELS[item.level] ?? '') + ' ', textObject(item.text, names));
    case 'card': return card(item, at, context);
    case 'carousel': return h('div', at, item.elements.map((each) => card(each, { 'data-testid': 'block-' + each.block_id }, context)));
    case 'container': return container(item, at, context);
    case 'context_actions': return h('div', at, item.elements.map((each) => element(each, item, context)));
    case 'data_visualization': return chart(item, at);
    case 'plan': return h('div', at, h('strong', {}, item.title), (item.tasks ?? []).map((each) => task(each, names)));
    case 'task_card': return h('div', at, task(item, names));
    case 'table': case 'data_table': return table(item, at, names);
    case 'image': return h('div', at, image(item));
    case 'input': {
      const error = h('div', { class: 'error', hidden: true, role: 'alert', 'data-error': item.block_id });
      return h('div', { ...at, 'data-input': item.block_id },
        h('label', {}, h('span', { class: 'label' }, textObject(item.label, names), item.optional ? h('span', { class: 'muted' }, ' (optional)') : null),
          element(item.element, item, { ...context, act: item.dispatch_action ? context.act : null })),
        item.hint ? h('div', { class: 'muted small' }, textObject(item.hint, names)) : null, error);
    }
    default: return h('div', { ...at, class: 'block muted' }, `[${item.type}]`);
  }
}

export const blocks = (items, context) => items.map((item) => block(item, context));

/** What was filled in: block id to action id to value. */
export function filledIn(form) {
  const values = {};
  for (const field of form.querySelectorAll('[data-action]')) {
    const box = field.closest('[data-input], .block');
    const id = box?.dataset.input;
    if (!id || field.tagName === 'BUTTON') continue;
    const value = field.classList.contains('choices') ? choice(field) : field.value;
    (values[id] ??= {})[field.dataset.action] = value;
  }
  return values;
}
