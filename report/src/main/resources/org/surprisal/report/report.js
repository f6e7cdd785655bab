// Makes the figures of a report answer: tooltips by pointer and keyboard, legend entries that hide marks, timelines,
// and tables of the numbers. Every figure is already drawn in the page; without this script it is still all there.
(() => {
  'use strict';

  const REACH = 24; // CSS pixels from the pointer within which a point is meant
  const CLOSE = 8; // CSS pixels within which a point is meant although it lies on a box
  const PLAY_MILLISECONDS = 6000;
  const SVG = 'http://www.w3.org/2000/svg';
  const { numeral, element, describe, length, tables } = figureText;

  // ---- Where the numbers lie in a drawing ----------------------------------------------------------------------

  // The axis of `data-x` or `data-y`: scale, value low and high, pixel of low and of high.
  function projection(text) {
    const [scale, ...ends] = text.split(' ');
    const [low, high, from, to] = ends.map(Number);
    const map = scale === 'log' ? Math.log : (v) => v;
    const at = (v) => (v === null ? NaN : from + (map(v) - map(low)) / (map(high) - map(low)) * (to - from));
    const inside = (p) => Math.min(Math.max(p, Math.min(from, to)), Math.max(from, to));
    // A bar on a logarithmic axis stands on zero, which has no place there.
    const edge = (v) => (v === null ? NaN : v <= 0 && scale === 'log' ? from : inside(at(v)));
    return { from, to, at, edge, holds: (p) => Math.abs(inside(p) - p) < 1 };
  }

  function extent(axis, ends, points, bounds) {
    const pair = ends || (points ? null : bounds);
    const pixels = pair ? pair.map(axis.edge) : points ? [axis.at(points[0]), axis.at(points[0])]
      : [axis.from, axis.to];
    return [Math.min(...pixels), Math.max(...pixels)];
  }

  // The rectangle of one item in the drawing, of no extent for a point; null where there is nothing to see.
  function place(mark, i, x, y) {
    const pick = (a, b) => (mark[a] ? [mark[a][i], mark[b || a][i]] : null);
    const [left, right] = extent(x, pick('x0', 'x1'), pick('x'), null);
    const [top, bottom] = extent(y, pick('y0', 'y1'), pick('y'), pick('lower', 'upper'));
    const seen = x.holds(left) && x.holds(right) && y.holds(top) && y.holds(bottom) && !(mark.x0 && right <= left);
    return seen ? { left, right, top, bottom } : null;
  }

  // The marks of a drawing in order, each with the places of its items.
  function sceneOf(figure, svg) {
    if (!figure.scenes.has(svg)) {
      figure.scenes.set(svg, Array.from(svg.querySelectorAll('g.chart')).flatMap((group) => {
        const x = projection(group.dataset.x);
        const y = projection(group.dataset.y);
        const chart = Number(group.dataset.chart);
        return figure.numbers().charts[chart].marks.map((mark, index) => ({
          chart, mark: index, numbers: mark, x, y,
          places: Array.from({ length: length(mark) }, (_, i) => place(mark, i, x, y))
        }));
      }));
    }
    return figure.scenes.get(svg);
  }

  const isShown = (figure, drawn, i) => drawn.places[i] !== null && !figure.hidden.has(drawn.numbers.entry)
    && !(drawn.numbers.step && drawn.numbers.step[i] > figure.limit);

  // The shown item of least finite cost; the first of several.
  function cheapest(figure, scene, cost) {
    let best = null;
    let least = Infinity;
    for (const drawn of scene) {
      drawn.places.forEach((box, i) => {
        const price = isShown(figure, drawn, i) ? cost(box, i, drawn.numbers) : Infinity;
        if (price < least) {
          least = price;
          best = { drawn, point: i, box };
        }
      });
    }
    return best;
  }

  // What a pointer means: a close point, else the smallest box around it, else what is near. Rules and bands, which
  // are long, only where nothing else is; a cell only from inside.
  function itemAt(figure, svg, px, py, scale) {
    return cheapest(figure, sceneOf(figure, svg), (box, i, mark) => {
      const distance = scale * Math.hypot(Math.max(box.left - px, 0, px - box.right),
        Math.max(box.top - py, 0, py - box.bottom));
      const boxed = mark.x0 || mark.y0;
      if (boxed && distance === 0) {
        const area = (box.right - box.left) * (box.bottom - box.top);
        return CLOSE + area / (area + 1);
      }
      const point = mark.x && mark.y;
      if (distance > (mark.measure ? 0 : boxed || point ? REACH : CLOSE)) {
        return Infinity;
      }
      return distance + (point && distance <= CLOSE ? 0 : boxed || point ? REACH : 2 * REACH);
    });
  }

  // ---- Tooltips ------------------------------------------------------------------------------------------------

  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  tip.setAttribute('aria-hidden', 'true');
  const spoken = document.createElement('div');
  spoken.className = 'spoken';
  spoken.setAttribute('role', 'status');
  const ring = document.createElementNS(SVG, 'rect');
  ring.setAttribute('class', 'ring');
  let shownAt = 0;
  document.body.append(tip, spoken);

  function hideTip() {
    tip.hidden = true;
    ring.remove();
  }

  // Beside the anchor, a point of the window, and never outside of the window.
  function putTip(anchor) {
    const width = document.documentElement.clientWidth;
    const height = window.innerHeight;
    const left = anchor.x + 16 + tip.offsetWidth > width - 4 ? anchor.x - 16 - tip.offsetWidth : anchor.x + 16;
    const top = anchor.y + 16 + tip.offsetHeight > height - 4 ? anchor.y - 16 - tip.offsetHeight : anchor.y + 16;
    tip.style.left = Math.max(4, Math.min(left, width - tip.offsetWidth - 4)) + 'px';
    tip.style.top = Math.max(4, Math.min(top, height - tip.offsetHeight - 4)) + 'px';
  }

  // Around the box; a point has a circle.
  function putRing(svg, box, scale) {
    const margin = box.right - box.left > 0 && box.bottom - box.top > 0 ? 0 : 6 / scale;
    ring.setAttribute('x', box.left - margin);
    ring.setAttribute('y', box.top - margin);
    ring.setAttribute('width', box.right - box.left + 2 * margin);
    ring.setAttribute('height', box.bottom - box.top + 2 * margin);
    ring.setAttribute('rx', margin);
    svg.append(ring);
  }

  function showTip(figure, svg, item, anchor) {
    const lines = describe(figure, item);
    tip.replaceChildren(...lines.map((line, i) => element(i === 0 ? 'strong' : 'span', '', line)));
    tip.hidden = false;
    putRing(svg, item.box, svg.getScreenCTM().a);
    shownAt = ring.getBoundingClientRect().top;
    putTip(anchor);
  }

  function onPointer(figure, svg, event) {
    const matrix = svg.getScreenCTM();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const item = itemAt(figure, svg, at.x, at.y, matrix.a);
    if (item) {
      showTip(figure, svg, item, { x: event.clientX, y: event.clientY });
    } else {
      hideTip();
    }
  }

  // ---- Keyboard ------------------------------------------------------------------------------------------------

  const middle = (box) => (box.left + box.right) / 2;

  // The item that a key leads to: along the mark, up and down among cells, else the next mark where it lies nearest.
  function moved(figure, svg, key) {
    const scene = sceneOf(figure, svg);
    const from = figure.focused;
    const index = from ? scene.findIndex((d) => d.numbers === from.drawn.numbers) : -1;
    if (index < 0 || !isShown(figure, scene[index], from.point)) {
      return cheapest(figure, scene, () => 0);
    }
    const drawn = scene[index];
    const here = { drawn, point: from.point, box: drawn.places[from.point] };
    const along = { ArrowRight: (i) => i - from.point, ArrowLeft: (i) => from.point - i }[key];
    if (along) {
      return cheapest(figure, [drawn], (box, i) => (along(i) > 0 ? along(i) : Infinity)) || here;
    }
    if (key === 'Home' || key === 'End') {
      return cheapest(figure, [drawn], (box, i) => (key === 'Home' ? i : -i));
    }
    const by = key === 'ArrowUp' ? 1 : -1;
    const above = drawn.numbers.measure && cheapest(figure, [drawn], (box) => {
      const up = (here.box.top - box.top) * by;
      return up > 0.5 && Math.abs(middle(box) - middle(here.box)) < 0.5 ? up : Infinity;
    });
    const others = scene.concat(scene).slice(index + 1, index + scene.length);
    const next = (by < 0 ? others : others.reverse()).find((other) => cheapest(figure, [other], () => 0));
    return above || (next && cheapest(figure, [next], (box) => Math.abs(middle(box) - middle(here.box)))) || here;
  }

  function onKey(figure, svg, event) {
    if (event.key === 'Escape') {
      hideTip();
    } else if (/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key) && !event.ctrlKey && !event.altKey
      && !event.metaKey) {
      event.preventDefault();
      const item = moved(figure, svg, event.key);
      figure.focused = item;
      if (item) {
        const at = new DOMPoint(middle(item.box), (item.box.top + item.box.bottom) / 2);
        showTip(figure, svg, item, at.matrixTransform(svg.getScreenCTM()));
        spoken.textContent = Array.from(tip.children, (line) => line.textContent).join('; ');
      }
    }
  }

  function answer(figure, svg) {
    svg.setAttribute('tabindex', '0');
    // A screen reader hands the arrow keys to an application only.
    svg.setAttribute('role', 'application');
    svg.setAttribute('aria-roledescription', 'chart, arrow keys read its points');
    svg.addEventListener('pointermove', (event) => onPointer(figure, svg, event));
    svg.addEventListener('pointerdown', (event) => onPointer(figure, svg, event));
    // A finger leaves with every tap; what it showed stays until the next one.
    svg.addEventListener('pointerleave', (event) => event.pointerType !== 'touch' && hideTip());
    svg.addEventListener('keydown', (event) => onKey(figure, svg, event));
    svg.addEventListener('blur', hideTip);
  }

  document.addEventListener('pointerdown', (event) => event.target.closest('.drawing') || hideTip());
  // Scroll events come late: a tooltip shown since the page moved stays.
  window.addEventListener('scroll', () => {
    if (ring.isConnected && ring.getBoundingClientRect().top !== shownAt) {
      hideTip();
    }
  });
  window.addEventListener('resize', hideTip);

  // ---- Hiding --------------------------------------------------------------------------------------------------

  function toggle(figure, button) {
    const entry = Number(button.dataset.entry);
    const show = figure.hidden.has(entry);
    figure.hidden[show ? 'delete' : 'add'](entry);
    button.setAttribute('aria-pressed', String(show));
    figure.drawing.querySelectorAll('[data-entry="' + entry + '"]')
      .forEach((part) => part.classList.toggle('off', !show));
    hideTip();
  }

  // ---- Timelines -----------------------------------------------------------------------------------------------

  // The path through those points of a mark that lie before the limit, interrupted at gaps.
  function trail(figure, drawn) {
    let path = '';
    let pen = 'M';
    const { x: xs, y: ys, step } = drawn.numbers;
    xs.forEach((value, i) => {
      if (step[i] <= figure.limit) {
        const px = drawn.x.at(value);
        const py = drawn.y.at(ys[i]);
        const gap = !Number.isFinite(px) || !Number.isFinite(py);
        path += gap ? '' : pen + Number(px.toFixed(1)) + ' ' + Number(py.toFixed(1));
        pen = gap ? 'M' : 'L';
      }
    });
    return path;
  }

  // Draws a mark as it was at the limit; its name goes where its last place is.
  function drawMark(figure, drawn, chart) {
    const { step } = drawn.numbers;
    const now = step.findLastIndex((at) => at <= figure.limit);
    const group = chart.querySelector('g.mark[data-mark="' + drawn.mark + '"]');
    group.querySelectorAll('.trail path').forEach((path) => path.setAttribute('d', trail(figure, drawn)));
    // Places that would cover the one before have no dot: the last one drawn stands for them.
    group.querySelectorAll('[data-points]').forEach((dots) => {
      const points = dots.dataset.points.split(' ').map(Number);
      const shown = points.findLastIndex((point) => point <= now);
      Array.from(dots.children).forEach((dot, k) => {
        dot.classList.toggle('later', k > shown);
        dot.classList.toggle('now', k === shown);
      });
    });
    const [here, end] = [drawn.places[now], drawn.places.at(-1)];
    chart.querySelectorAll('g.name[data-of="' + drawn.mark + '"]').forEach((name) => {
      name.classList.toggle('later', !here);
      if (here && end) {
        name.setAttribute('transform', 'translate(' + (here.left - end.left) + ' ' + (here.top - end.top) + ')');
      }
    });
  }

  function drawUntil(figure, limit) {
    figure.limit = limit;
    hideTip();
    for (const svg of figure.drawing.querySelectorAll('svg')) {
      for (const drawn of sceneOf(figure, svg).filter((one) => one.numbers.step)) {
        drawMark(figure, drawn, svg.querySelector('g.chart[data-chart="' + drawn.chart + '"]'));
      }
    }
  }

  function startTimeline(figure) {
    const steps = figure.numbers().charts.flatMap((chart) => chart.marks.flatMap((mark) => mark.step || []));
    const values = Array.from(new Set(steps)).sort((a, b) => a - b);
    const label = figure.timeline.dataset.label;
    const last = values.length - 1;
    const play = element('button', 'play', 'Play');
    play.type = 'button';
    const range = Object.assign(element('input', '', ''), { type: 'range', min: 0, max: last, step: 1, value: last });
    range.setAttribute('aria-label', label);
    const output = element('output', '', '');
    let frame = 0;

    function say() {
      output.textContent = label + ' ' + numeral(values[range.value]) + ' of ' + numeral(values[last]);
      range.setAttribute('aria-valuetext', output.textContent);
    }
    function go(k) {
      range.value = k;
      say();
      drawUntil(figure, values[k]);
    }
    function stop() {
      cancelAnimationFrame(frame);
      frame = 0;
      play.textContent = 'Play';
    }
    function start() {
      const from = Number(range.value) === last ? 0 : Number(range.value);
      // A reader who asked for less motion sees about two pictures a second.
      const least = matchMedia('(prefers-reduced-motion: reduce)').matches ? Math.ceil(last / 12) : 1;
      let begin = null;
      play.textContent = 'Pause';
      go(from);
      frame = requestAnimationFrame(function turn(now) {
        begin = begin === null ? now : begin;
        const k = Math.min(last, from + Math.floor((now - begin) / PLAY_MILLISECONDS * last / least) * least);
        if (k !== Number(range.value)) {
          go(k);
        }
        if (k < last) {
          frame = requestAnimationFrame(turn);
        } else {
          stop();
        }
      });
    }
    play.addEventListener('click', () => (frame ? stop() : start()));
    range.addEventListener('input', () => {
      stop();
      go(Number(range.value));
    });
    figure.timeline.append(play, range, output);
    say();
  }

  // ---- Tables that are wider than the page ----------------------------------------------------------------------

  // Says above a table that it goes on to the right, while it does.
  const hints = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const before = target.previousElementSibling;
    const told = before && before.classList.contains('hint');
    const wide = target.scrollWidth > target.clientWidth + 1;
    if (wide && !told) {
      target.before(element('p', 'hint', 'This table goes on to the right: scroll it sideways.'));
    } else if (told && !wide) {
      before.remove();
    }
  }));

  // ---- Start ---------------------------------------------------------------------------------------------------

  function start(root) {
    const source = root.querySelector('script.numbers');
    if (!source) {
      return;
    }
    let parsed = null;
    const figure = {
      root, drawing: root.querySelector('.drawing'), timeline: root.querySelector('.timeline'), hidden: new Set(),
      limit: Infinity, scenes: new Map(), focused: null,
      numbers: () => (parsed = parsed || JSON.parse(source.textContent))
    };
    figure.drawing.querySelectorAll('svg').forEach((svg) => answer(figure, svg));
    root.querySelectorAll('.legend button').forEach((button) =>
      button.addEventListener('click', () => toggle(figure, button)));
    if (figure.timeline) {
      startTimeline(figure);
    }
    const details = root.querySelector('details.table');
    if (details) {
      details.addEventListener('toggle', () => {
        details.append(...tables(figure));
        details.querySelectorAll('.scroll').forEach((box) => hints.observe(box));
      }, { once: true });
    }
  }

  document.documentElement.classList.add('scripted');
  document.querySelectorAll('figure').forEach(start);
  document.querySelectorAll('.scroll').forEach((box) => hints.observe(box));
})();
