// What would make the page heavy is packed, and unfolds where it stands.
const unpack = (packed) => {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')));
};
for (const packed of document.querySelectorAll('template[data-html]')) {
  const whole = document.createElement('template');
  whole.innerHTML = await unpack(packed.content.textContent).text();
  const told = whole.content.querySelectorAll('dd:not([data-as])');
  for (const as of whole.content.querySelectorAll('dd[data-as]')) as.replaceWith(told[as.dataset.as].cloneNode(true));
  packed.nextElementSibling.remove();
  packed.replaceWith(whole.content);
}
const leads = document.querySelector('template[data-leads]');
const links = leads ? document.querySelectorAll('main a.figure:not([href])') : [];
// Where each link leads is told in steps from entry to entry.
const entries = document.querySelectorAll('.notes > .evidence, .notes > article');
const steps = leads ? leads.content.textContent.split(' ').map(Number) : [];
let entry = 0;
links.forEach((link, at) => link.setAttribute('href', '#' + entries[entry += steps[at]].id));

// Evidence is folded under its number, a long table of all years under its sections; both stand open
// on paper and where this script does not run.
const long = document.querySelectorAll('.section tr').length > 24;
const folded = [...document.querySelectorAll('details.notes, details.evidence' + (long ? ', details.section' : ''))];
for (const entry of folded) entry.open = false;
const unfold = (id) => {
  const entry = document.getElementById(id), notes = entry && entry.closest('details.notes');
  if (!notes) return;
  notes.open = true;
  if (entry.matches('details')) entry.open = true;
  entry.scrollIntoView();
};
addEventListener('hashchange', () => unfold(decodeURIComponent(location.hash.slice(1))));
unfold(decodeURIComponent(location.hash.slice(1)));
let before = [];
addEventListener('beforeprint', () => { before = folded.filter((e) => !e.open); for (const e of before) e.open = true; });
addEventListener('afterprint', () => { for (const e of before) e.open = false; });

// A page sent by itself says that what its links lead to is not there.
const without = (address, act) => { const mark = new Image(); mark.onerror = act; mark.src = address; };
if (location.protocol === 'file:') {
  without(document.body.dataset.here + '/here.svg', () => {
    document.querySelector('.alone').hidden = false;
    for (const link of document.querySelectorAll('.ways a')) link.removeAttribute('href');
  });
  for (const link of document.querySelectorAll('a[data-beside]')) {
    without(link.getAttribute('href').replace(/\w+$/, 'svg'), () => link.removeAttribute('href'));
  }
}

// On a phone a row of a wide table is a card, each cell under the head of its column.
for (const table of document.querySelectorAll('main table')) {
  const heads = [...table.querySelectorAll('thead th')].map((head) => head.textContent);
  if (table.matches('.years') || heads.length < 4 || table.querySelectorAll('thead tr').length !== 1) continue;
  table.classList.add('cards');
  table.setAttribute('role', 'table');
  for (const row of table.querySelectorAll('tr')) row.setAttribute('role', 'row');
  for (const head of table.querySelectorAll('thead th')) head.setAttribute('role', 'columnheader');
  for (const group of table.querySelectorAll('thead, tbody')) group.setAttribute('role', 'rowgroup');
  for (const row of table.querySelectorAll('tbody tr')) {
    [...row.cells].forEach((cell, i) => {
      cell.setAttribute('role', cell.tagName === 'TH' ? 'rowheader' : 'cell');
      if (i && cell.textContent.trim()) cell.dataset.label = heads[i] || '';
    });
  }
}

// Of many years the latest are in view.
for (const table of document.querySelectorAll('table.years')) {
  const latest = () => { table.parentElement.scrollLeft = table.scrollWidth; };
  latest();
  table.closest('details')?.addEventListener('toggle', latest);
}

// A figure's evidence in a dialog; without this script the same link leads to the page's end.
const dialog = document.querySelector('dialog');
const shown = dialog.querySelector('div');
let at = '';
const show = (nodes) => { shown.replaceChildren(...nodes); if (!dialog.open) dialog.showModal(); dialog.scrollTop = 0; };
const anchor = (reference) => {
  const [, doc, indicator, rest] = reference.match(/^(.*?)#(.*?):(.*)$/) || [];
  return doc && 'e-' + doc + '-' + indicator.replace('.', '-') + '-' + rest.replace(':', '-').replace('/', '--');
};
const card = (entry) => {
  const article = document.createElement('article');
  article.className = 'evidence';
  for (const child of entry.children) {
    const copy = child.cloneNode(true);
    article.append(...(copy.tagName === 'SUMMARY' ? copy.childNodes : [copy]));
  }
  for (const link of article.querySelectorAll('[data-told]')) {
    const told = document.getElementById(link.getAttribute('href').slice(1))?.cloneNode(true);
    if (told) link.replaceWith(...(told.querySelector('dd') || told).childNodes);
  }
  return article;
};
const whole = async (button) => {
  const packed = document.querySelector(`template[data-text="${CSS.escape(button.dataset.open)}"]`).content.textContent;
  const text = [...await unpack(packed).text()];
  const mark = document.createElement('mark'), page = document.createElement('div');
  const [start, end] = [+button.dataset.start, +button.dataset.end];
  mark.textContent = text.slice(start, end).join('');
  page.className = 'whole';
  page.append(text.slice(0, start).join(''), mark, text.slice(end).join(''));
  show([page]);
  mark.scrollIntoView({block: 'center'});
};
document.addEventListener('click', (event) => {
  if (event.target === dialog) return dialog.close();
  if (event.target.closest && event.target.closest('[data-open]')) return whole(event.target.closest('[data-open]'));
  const link = event.target.closest && event.target.closest('a');
  const href = link && (link.getAttribute('href') || link.getAttribute('xlink:href')) || '';
  if (!/^#[ed]-/.test(href) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const home = document.getElementById(href.slice(1));
  const references = home && home.dataset.evidence || link.dataset.evidence || '';
  const entries = [...new Set([href.slice(1), ...references.split(' ').map(anchor)])]
    .map((id) => document.getElementById(id)).filter(Boolean);
  if (!entries.length) return;
  event.preventDefault();
  at = href;
  show(entries.map(card));
});
document.addEventListener('pointerover', (event) => {
  const link = event.target.closest?.('a.figure:not([title])');
  const home = link && document.getElementById(link.getAttribute('href').slice(1));
  if (home) link.title = home.querySelector('.status')?.textContent || '';
});
const opens = new Set([...document.querySelectorAll('template[data-text]')].map((t) => t.dataset.text));
for (const button of document.querySelectorAll('[data-open]')) button.hidden = !opens.has(button.dataset.open);

const copy = async (text) => {
  try { await navigator.clipboard.writeText(text); return true; } catch {
    const area = document.createElement('textarea');
    area.value = text;
    (dialog.open ? dialog : document.body).append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
};
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const from = button.dataset.copy;
    const text = from === 'link' ? location.href.split('#')[0] + at : words(from);
    if (!await copy(text)) return;
    const said = button.textContent;
    button.textContent = document.getElementById('notebook').dataset.copied;
    setTimeout(() => { button.textContent = said; }, 2000);
  });
}

// Downloads, each with how to cite it and under which terms.
const words = (id) => document.getElementById(id).textContent;
const escaped = (text) => text.replace(/[&<>]/g, (c) => '&#' + c.charCodeAt(0) + ';');
const save = (blob, name) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};
const LIGHT = {'--ink': '#1a1a1a', '--muted': '#6b6b6b', '--grid': '#d9d9d9', '--paper': '#ffffff',
  '--blue': '#1f6fb0', '--orange': '#b8461f', '--teal': '#1a7568', '--purple': '#7d529e'};
const faces = document.getElementById('faces')?.textContent || '';
const vector = (figure) => {
  const svg = figure.querySelector('svg').cloneNode(true);
  const [, , width, height] = svg.getAttribute('viewBox').split(' ');
  svg.setAttribute('width', width + 'pt');
  svg.setAttribute('height', height + 'pt');
  const head = '<desc>' + escaped(words('cite') + ' ' + words('licence')) + '</desc>' +
    '<style>' + faces + '*{stroke-linejoin:round;stroke-linecap:butt}</style>';
  return new XMLSerializer().serializeToString(svg).replace(/(<svg[^>]*>)/, '$1' + head)
    .replace(/var\((--\w+)\)/g, (all, name) => LIGHT[name] || all);
};
const raster = async (figure) => {
  const image = new Image();
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(vector(figure));
  await image.decode();
  const scale = 1600 / image.width, canvas = document.createElement('canvas');
  const size = 17, pen = canvas.getContext('2d');
  const lines = [];
  pen.font = size + 'px sans-serif';
  for (const text of [words('cite'), words('licence')]) {
    lines.push('');
    for (const part of text.split(/(?<=\s|[，。；、])/)) {
      if (pen.measureText(lines.at(-1) + part).width > 1540) lines.push('');
      lines[lines.length - 1] += part;
    }
  }
  canvas.width = 1600;
  canvas.height = image.height * scale + (lines.length + 1) * size * 1.4;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, 1600, image.height * scale);
  pen.fillStyle = '#6b6b6b';
  pen.font = size + 'px sans-serif';
  lines.forEach((line, i) => pen.fillText(line, 22, image.height * scale + (i + 1) * size * 1.4));
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
};
const notebook = async () => {
  const text = await unpack(document.getElementById('notebook').content.textContent).text();
  return new Blob([text.replaceAll('<style></style>', '<style>' + JSON.stringify(faces).slice(1, -1) + '</style>')]);
};
for (const button of document.querySelectorAll('[data-save]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const figure = button.closest('figure'), kind = button.dataset.save;
    if (kind === 'packed') {
      save(await unpack(button.dataset.packed).blob(), button.dataset.name);
      return;
    }
    const blob = kind === 'svg' ? new Blob([vector(figure)], {type: 'image/svg+xml'})
      : kind === 'png' ? await raster(figure) : await notebook();
    save(blob, (figure ? figure.dataset.name : document.title) + '.' + kind);
  });
}
