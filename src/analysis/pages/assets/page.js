'use strict';
// A figure's evidence in a dialog; without this script the same link leads to the page's end.
const dialog = document.querySelector('dialog');
const shown = dialog.querySelector('div');
const anchor = (reference) => {
  const [, doc, indicator, rest] = reference.match(/^(.*?)#(.*?):(.*)$/) || [];
  return doc && 'e-' + doc + '-' + indicator.replace('.', '-') + '-' + rest.replace(':', '-').replace('/', '--');
};
document.addEventListener('click', (event) => {
  if (event.target === dialog) return dialog.close();
  const link = event.target.closest && event.target.closest('a');
  const href = link && (link.getAttribute('href') || link.getAttribute('xlink:href')) || '';
  if (!/^#[ed]-/.test(href) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const home = document.getElementById(href.slice(1));
  const references = home && home.dataset.evidence || link.dataset.evidence || '';
  const entries = [...new Set([href.slice(1), ...references.split(' ').map(anchor)])]
    .map((id) => document.getElementById(id)).filter(Boolean);
  if (!entries.length) return;
  event.preventDefault();
  shown.replaceChildren(...entries.map((entry) => {
    const copy = entry.cloneNode(true);
    copy.removeAttribute('id');
    return copy;
  }));
  dialog.showModal();
  dialog.scrollTop = 0;
});

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
const LIGHT = {'--ink': '#1a1a1a', '--muted': '#6b6b6b', '--grid': '#d9d9d9', '--paper': '#ffffff'};
const vector = (figure) => {
  const svg = figure.querySelector('svg').cloneNode(true);
  const [, , width, height] = svg.getAttribute('viewBox').split(' ');
  svg.setAttribute('width', width + 'pt');
  svg.setAttribute('height', height + 'pt');
  const head = '<desc>' + escaped(words('cite') + ' ' + words('licence')) + '</desc>' +
    '<style>*{stroke-linejoin:round;stroke-linecap:butt}</style>';
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
  const packed = atob(document.getElementById('notebook').content.textContent);
  const bytes = Uint8Array.from(packed, (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).blob();
};
for (const button of document.querySelectorAll('[data-save]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const figure = button.closest('figure'), kind = button.dataset.save;
    const blob = kind === 'svg' ? new Blob([vector(figure)], {type: 'image/svg+xml'})
      : kind === 'png' ? await raster(figure) : await notebook();
    save(blob, (figure ? figure.dataset.name : document.title) + '.' + kind);
  });
}
