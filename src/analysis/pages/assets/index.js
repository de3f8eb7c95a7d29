'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const {say, language} = data;
const place = document.getElementById('regions');
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
const number = new Intl.NumberFormat(language);
const count = new Intl.NumberFormat(language, {useGrouping: language !== 'zh'});
const amount = new Intl.NumberFormat(language, language === 'zh' ? {notation: 'compact', maximumFractionDigits: 2} : {});
const make = (tag, attributes = {}, ...children) => {
  const svg = ['svg', 'path', 'circle'].includes(tag);
  const node = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

// Whether a text names what was asked for: a Latin word by its beginning, for "employment" is not in "unemployment".
const names = (text, token) => /^[a-z]/.test(token)
  ? new RegExp(`(^|[^a-z])${token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`).test(text) : text.includes(token);

const spark = (points, name, unit, first, last) => {
  if (!points.length) return '';
  const width = 150, height = 34, pad = 4;
  const years = points.map((p) => p[0]), values = points.map((p) => p[1]);
  const low = Math.min(...values), high = Math.max(...values);
  const x = (year) => pad + (width - 2 * pad) * (last > first ? (year - first) / (last - first) : 1);
  const y = (value) => height - pad - (height - 2 * pad) * (high > low ? (value - low) / (high - low) : 0.5);
  // a year without a figure is a gap in the line, not a point on it
  const path = points.map(([year, value], i) =>
    (i && year - years[i - 1] === 1 ? 'L' : 'M') + x(year).toFixed(1) + ' ' + y(value).toFixed(1)).join('');
  const shown = (value) => amount.format(value) + unit;
  const told = fill(say.trend, {name, first: shown(values[0]), from: years[0], last: shown(values.at(-1)), to: years.at(-1)});
  const dots = points.filter(([year], i) => years[i - 1] !== year - 1 && years[i + 1] !== year + 1 || i === points.length - 1)
    .map(([year, value]) => make('circle', {cx: x(year).toFixed(1), cy: y(value).toFixed(1), r: 2}));
  return make('div', {class: 'spark'},
    make('div', {'aria-hidden': 'true'}, name),
    make('svg', {viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': told}, make('path', {d: path}), ...dots),
    make('small', {'aria-hidden': 'true'}, `${shown(values.at(-1))} `, make('span', {}, String(years.at(-1)))));
};

const counts = (settled, open) => {
  const parts = make('span', {class: 'counts'}, fill(say.settled, {n: count.format(settled)}));
  if (open) parts.append(' · ', make('b', {}, fill(say.open, {n: count.format(open)})));
  return parts;
};

const links = (folder, pages) => make('ul', {class: 'links'}, ...pages.map((i) => {
  const [name, label] = data.pages[i];
  return make('li', {}, make('a', {href: [...folder, name].map(encodeURIComponent).join('/') + data.suffix + '.html'}, label));
}));

// What is known of a year: the indicators that were asked for, else how many each section has.
const known = (indicators, asked) => {
  const wanted = indicators.filter((i) => asked.some((token) => names(data.indicators[i][2], token)));
  if (wanted.length) return make('ul', {class: 'known'}, ...wanted.map((i) => make('li', {}, data.indicators[i][0])));
  const sections = data.sections.map((name, at) => [name, indicators.filter((i) => data.indicators[i][1] === at).length]);
  return make('ul', {class: 'links'}, ...sections.filter(([, n]) => n)
    .map(([name, n]) => make('li', {}, fill(say.section, {name, n}))));
};

const table = (region, years, asked) => make('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': `${region[1]}, ${say.years}`},
  make('table', {},
    make('thead', {}, make('tr', {}, ...['year', 'known', 'figures', 'pages', 'documents'].map((key) => make('th', {scope: 'col'}, say[key])))),
    make('tbody', {}, ...years.map(([year, settled, open, documents, pages, indicators]) => make('tr', {},
      make('th', {scope: 'row'}, String(year)),
      make('td', {}, known(indicators, asked)),
      make('td', {}, counts(settled, open)),
      make('td', {}, links([region[0], year], pages)),
      make('td', {}, ...documents.map(([of, kind]) => make('div', {}, fill(say.document, {year: of, kind: data.kinds[kind]})))))))));

const article = ({region, years, open, asked}) => {
  const [id, name, all, own, settled, still, jobs, rate] = region;
  // a total over several years stands in each of them and counts once
  const sum = (i, whole) => years.length === all.length ? whole : years.reduce((total, year) => total + year[i], 0);
  const told = [...jobs, ...rate].map((point) => point[0]);
  const ends = [Math.min(...told), Math.max(...told)];
  const span = years.length ? (years.length > 1 ? `${years.at(-1)[0]}${language === 'zh' ? '—' : '–'}${years[0][0]}` : years[0][0]) : '';
  const colon = language === 'zh' ? '：' : ': ', comma = language === 'zh' ? '，' : ', ';
  const details = make('details', {}, make('summary', {}, say.years + comma + span + colon, counts(sum(1, settled), sum(2, still))));
  const unfold = () => details.childElementCount < 2 && details.append(table(region, years, asked));
  details.addEventListener('toggle', unfold);
  if (open) { unfold(); details.open = true; }
  return make('article', {}, make('h2', {}, name), links([id], own),
    make('div', {class: 'sparks'}, spark(jobs, data.glance[0], '', ...ends), spark(rate, data.glance[1], '%', ...ends)), details);
};

let waiting = [];
const more = () => {
  place.append(...waiting.splice(0, 30).map(article));
  watch.disconnect();
  if (waiting.length) watch.observe(place.lastElementChild);
};
const watch = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && more(), {rootMargin: '800px'});

// A word finds a region by its name, and a year by a page or an indicator that it has.
const search = () => {
  const tokens = document.getElementById('find').value.toLowerCase().split(/[\s,，、]+/).filter(Boolean);
  const wanted = tokens.filter((token) => /^\d{1,4}$/.test(token));
  const asked = tokens.filter((token) => !/^\d{1,4}$/.test(token));
  const topics = asked.map((token) => new Set(data.pages.flatMap((page, i) => names(page[2], token) ? [i] : [])));
  const facts = asked.map((token) => new Set(data.indicators.flatMap((entry, i) => names(entry[2], token) ? [i] : [])));
  const unsettled = document.getElementById('only-open').checked;
  waiting = [];
  let total = 0;
  for (const region of data.regions) {
    const left = asked.map((token, i) => i).filter((i) => !names(region[8], asked[i]));
    const has = (year, i) => year[4].some((page) => topics[i].has(page)) || year[5].some((entry) => facts[i].has(entry));
    const own = left.length && left.every((i) => region[3].some((page) => topics[i].has(page)));
    const years = own && !wanted.length ? region[2] : region[2].filter((year) => left.every((i) => has(year, i)));
    const shown = years.filter(([year, , still]) =>
      wanted.every((token) => String(year).startsWith(token)) && (!unsettled || still));
    if (!shown.length && (left.length ? !own : wanted.length || unsettled)) continue;
    total += shown.length;
    waiting.push({region, years: shown, asked: left.map((i) => asked[i])});
  }
  const few = waiting.length && total <= 60;
  for (const found of waiting) found.open = few;
  document.getElementById('found').textContent = waiting.length
    ? fill(say.found, {regions: number.format(waiting.length), years: number.format(total)}) : say.none;
  place.replaceChildren();
  more();
};
const form = document.querySelector('form');
form.hidden = false;
form.addEventListener('submit', (event) => event.preventDefault());
document.getElementById('find').addEventListener('input', search);
document.getElementById('only-open').addEventListener('change', search);
search();
