// What is wrong with the page as it stands, one line each; the body of a function that Selenium runs.
const print = matchMedia('print').matches;
const LEAST = print ? 9 : 11; // pixels of text
const faults = [];
const quote = (text) => "'" + text.textContent.trim().replace(/\s+/g, ' ') + "'";
const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });

function colour(text) {
  const parts = text.match(/[\d.]+/g).map(Number);
  return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
}

// WCAG 2.2, 'relative luminance' and 'contrast ratio'.
function luminance(rgb) {
  const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((p, q) => p - q);
  return (light + 0.05) / (dark + 0.05);
}

const page = colour(getComputedStyle(document.body).backgroundColor);
const paper = page.alpha === 0 ? [255, 255, 255] : page.rgb;

// What a text stands on: a number in a heat map, which has a colour of its own, on its cell; else the page.
function groundOf(text, box, svg) {
  const cells = text.hasAttribute('fill') ? Array.from(svg.querySelectorAll('rect[fill]')) : [];
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const cell = cells.findLast((rect) => {
    const bounds = rect.getBoundingClientRect();
    return bounds.left <= x && x <= bounds.right && bounds.top <= y && y <= bounds.bottom;
  });
  return cell ? colour(getComputedStyle(cell).fill).rgb : paper;
}

function auditDrawing(svg, where) {
  const frame = svg.getBoundingClientRect();
  const scale = svg.getScreenCTM().a;
  const texts = Array.from(svg.querySelectorAll('text')).filter((text) => text.textContent.trim() && isSeen(text));
  const boxes = texts.map((text) => text.getBoundingClientRect());
  texts.forEach((text, i) => {
    const box = boxes[i];
    if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
      || box.bottom > frame.bottom + 1) {
      faults.push(where + ': text ' + quote(text) + ' leaves the drawing');
    }
    const size = parseFloat(getComputedStyle(text).fontSize) * scale;
    if (size < LEAST - 0.01) {
      faults.push(where + ': text ' + quote(text) + ' has ' + size.toFixed(1) + ' px; ' + LEAST + ' are needed');
    }
    const ratio = contrast(colour(getComputedStyle(text).fill).rgb, groundOf(text, box, svg));
    if (ratio < 4.5) {
      faults.push(where + ': text ' + quote(text) + ' has contrast ' + ratio.toFixed(2) + '; 4.5 is needed');
    }
    for (let j = 0; j < i; j++) {
      const wide = Math.min(box.right, boxes[j].right) - Math.max(box.left, boxes[j].left);
      const high = Math.min(box.bottom, boxes[j].bottom) - Math.max(box.top, boxes[j].top);
      if (wide > 1 && high > 1) {
        faults.push(where + ': text ' + quote(texts[j]) + ' and ' + quote(text) + ' overlap by ' + wide.toFixed(1)
          + ' by ' + high.toFixed(1) + ' px');
      }
    }
  });
}

// Marks have the colours of the palette as classes; colour maps and faint areas are not in it.
function auditMarks(svg, where) {
  const seen = new Set();
  for (const part of svg.querySelectorAll('.mark [class], .mark[class]')) {
    const style = getComputedStyle(part);
    for (const name of part.classList) {
      const paint = /^[fs][0-9a-f]{6}$/.test(name) && (name[0] === 'f' ? style.fill : style.stroke);
      const sheer = Number(style.opacity) < 1 || Number(name[0] === 'f' ? style.fillOpacity : style.strokeOpacity) < 1;
      if (paint && paint !== 'none' && !sheer && !seen.has(name)) {
        seen.add(name);
        const ratio = contrast(colour(paint).rgb, paper);
        if (ratio < 3) {
          faults.push(where + ': mark of class ' + name + ' has contrast ' + ratio.toFixed(2) + '; 3 is needed');
        }
      }
    }
  }
}

for (const figure of document.querySelectorAll('figure')) {
  const shown = Array.from(figure.querySelectorAll('.drawing svg')).filter(isSeen);
  const kinds = new Set(shown.map((svg) => svg.getAttribute('class')));
  if (figure.querySelector('.drawing') && kinds.size !== 1) {
    faults.push(figure.id + ': ' + kinds.size + ' drawings are shown; one is needed');
  }
  for (const svg of shown) {
    auditDrawing(svg, figure.id);
    auditMarks(svg, figure.id);
  }
}
const root = document.scrollingElement;
for (const svg of document.querySelectorAll('.graph svg')) {
  const box = svg.getBoundingClientRect();
  if (print && box.right > root.clientWidth + 1) {
    faults.push(svg.closest('figure').id + ': the graph is ' + box.width.toFixed(0) + ' px wide on paper of '
      + root.clientWidth);
  }
}
if (root.scrollWidth > root.clientWidth) {
  faults.push('the page is ' + root.scrollWidth + ' px wide in a window of ' + root.clientWidth);
}
for (const element of document.querySelectorAll('body *')) {
  const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
  if (own && isSeen(element) && !element.closest('svg, .spoken, script, style')) {
    const size = parseFloat(getComputedStyle(element.closest(':not(sub, sup)')).fontSize);
    if (size < LEAST - 0.01) {
      faults.push(quote(element) + ' has ' + size.toFixed(1) + ' px; ' + LEAST + ' are needed');
    }
    const box = element.getBoundingClientRect();
    if (!element.closest('.scroll') && (box.right > root.clientWidth + 1 || box.left < -1)) {
      faults.push(quote(element) + ' reaches from ' + box.left.toFixed(0) + ' to ' + box.right.toFixed(0)
        + ' px in a window of ' + root.clientWidth);
    }
  }
}
return faults;
