// What figures say in words: numbers, names with their symbols set, tooltips and tables. Used by report.js.
const figureText = (() => {
  'use strict';

  const DIGITS = 4;
  const TABLE_DIGITS = 6;

  // The number in a few digits with a true minus; whole numbers below a million in full.
  function numeral(value, digits) {
    if (value === null || value === undefined) {
      return 'no number';
    }
    const power = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
    let text;
    if (power < 6 && (power >= -4 || value === 0)) {
      text = String(Number.isInteger(value) ? value : Number(value.toPrecision(Math.max(digits, power + 1))));
    } else {
      const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
      const raised = Array.from(exponent.replace('+', ''), (c) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[c] || '⁻').join('');
      text = (Number(mantissa) === 1 ? '' : Number(mantissa) + ' × ') + '10' + raised;
    }
    return text.replace('-', '−');
  }

  // As many digits as tell the ends of an interval apart.
  function digitsOf(low, high) {
    const parts = Math.max(Math.abs(low), Math.abs(high)) / (high - low);
    return Number.isFinite(parts) && parts > 1 ? Math.min(Math.max(Math.ceil(Math.log10(parts)) + 2, DIGITS), 12)
      : DIGITS;
  }

  const withUnit = (text, axis) => (axis.unit ? text + ' ' + axis.unit : text);

  // A number on an axis; on an axis of categories, the category's name.
  function quantity(axis, value, digits) {
    const name = axis.categories && axis.categories[Math.round(value)];
    return name || withUnit(numeral(value, digits || DIGITS), axis);
  }

  // Sub- and superscripts of symbols in plain text, as the page's own names have them (Notation.java).
  const SYMBOL = "(?<=(?:\\p{Script=Greek}|(?<![\\p{L}\\p{Nd}_])\\p{Script=Latin})['′]?)";
  const SUBSCRIPT = SYMBOL + '_(?:\\{([^}]+)\\}|([\\p{L}\\p{Nd}]+)(?![\\p{L}\\p{Nd}_]))';
  const SUPERSCRIPT = "(?<=[\\p{L}\\p{Nd}'′)}])\\^(?:\\{([^}]+)\\}|([-−]?\\d+(?:\\.\\d+)?))";
  const SCRIPT = new RegExp(SUBSCRIPT + '|' + SUPERSCRIPT, 'gu');

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    let from = 0;
    for (const match of text.includes('`') ? [] : text.matchAll(SCRIPT)) {
      const script = document.createElement(match[0][0] === '_' ? 'sub' : 'sup');
      script.textContent = match.slice(1).find(Boolean).replace(/-/g, match[0][0] === '^' ? '−' : '-');
      made.append(text.slice(from, match.index), script);
      from = match.index + match[0].length;
    }
    made.append(text.slice(from));
    return made;
  }

  // What a tooltip says of one item: the heading, then one line for each quantity.
  function describe(figure, item) {
    const chart = figure.numbers().charts[item.drawn.chart];
    const mark = item.drawn.numbers;
    const i = item.point;
    const lines = [];
    const add = (axis, text) => lines.push((axis.label ? axis.label + ': ' : '') + text);
    const span = (axis, low, high, digits) => withUnit(numeral(low, digits) + ' to ' + numeral(high, digits), axis);
    if (mark.measure) {
      const none = mark.value[i] === null;
      add(mark.measure, none ? mark.name || numeral(null) : quantity(mark.measure, mark.value[i]));
    } else if (mark.name) {
      lines.push(mark.name);
    }
    if (figure.numbers().charts.length > 1 && chart.title) {
      lines.push(chart.title);
    }
    if (mark.text && mark.text[i]) {
      lines.push(mark.text[i]);
    }
    if (mark.x) {
      add(chart.x, quantity(chart.x, mark.x[i]));
    } else if (mark.x0) {
      add(chart.x, span(chart.x, mark.x0[i], mark.x1[i], DIGITS));
    }
    const bounded = mark.lower && mark.lower[i] !== null && mark.upper[i] !== null;
    const digits = bounded ? digitsOf(mark.lower[i], mark.upper[i]) : DIGITS;
    if (mark.y) {
      add(chart.y, quantity(chart.y, mark.y[i], digits));
    } else if (mark.value && !mark.measure) {
      add(chart.y, quantity(chart.y, mark.value[i]));
    } else if (mark.y0) {
      add(chart.y, span(chart.y, mark.y0[i], mark.y1[i], DIGITS));
    }
    if (bounded) {
      const interval = span(chart.y, mark.lower[i], mark.upper[i], digits);
      lines.push(mark.y ? interval : chart.y.label + ': ' + interval);
    }
    if (mark.step && figure.timeline) {
      lines.push(figure.timeline.dataset.label + ' ' + numeral(mark.step[i], DIGITS));
    }
    return Array.from(new Set(lines));
  }

  const length = (mark) => (mark.x || mark.x0 || mark.y || mark.y0).length;

  // What one row of a table says of item `i`, in the order of the mark's columns.
  function cellsOf(chart, mark, i) {
    const keys = mark.measure ? ['x', 'y', 'value'] : mark.x0 ? ['x0', 'x1', 'value'] : ['x', 'y', 'lower', 'upper'];
    return keys.filter((key) => mark[key]).map((key) => {
      const number = mark[key][i];
      const axis = key[0] === 'x' ? chart.x : key[0] === 'y' ? chart.y : {};
      return (axis.categories && axis.categories[number]) || (number === null && mark.measure && mark.name)
        || numeral(number, TABLE_DIGITS);
    });
  }

  function append(row, name, scope, text) {
    row.append(Object.assign(element(name, '', text), scope ? { scope } : {}));
  }

  // The caption, and the table in a box that scrolls sideways where it is too wide.
  function tableOf(figure, chart, marks, title) {
    const timeline = marks[0].step && figure.timeline;
    const table = document.createElement('table');
    const heads = table.createTHead().insertRow();
    const named = !marks[0].measure; // The name of cells says what a cell without a number means.
    [...(named ? ['name'] : []), ...(timeline ? [timeline.dataset.label] : []), ...marks[0].columns,
      ...(marks[0].text && !timeline ? ['item'] : [])].forEach((text) => append(heads, 'th', 'col', text));
    const body = table.createTBody();
    for (const mark of marks) {
      for (let i = 0; i < length(mark); i++) {
        const row = body.insertRow();
        if (named) {
          append(row, 'th', 'row', mark.name);
        }
        [...(timeline ? [numeral(mark.step[i], DIGITS)] : []), ...cellsOf(chart, mark, i),
          ...(mark.text && !timeline ? [mark.text[i]] : [])].forEach((text) => append(row, 'td', '', text));
      }
    }
    const scroll = element('div', 'scroll', '');
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'group');
    scroll.setAttribute('aria-label', 'Numbers: ' + title);
    scroll.append(table);
    return [element('p', 'caption', title), scroll];
  }

  // One table for each chart and each kind of columns in it.
  function tables(figure) {
    const figureTitle = figure.root.querySelector('h3').textContent;
    return figure.numbers().charts.flatMap((chart) => {
      const kinds = Object.groupBy(chart.marks, (m) => JSON.stringify([m.columns, Boolean(m.step), Boolean(m.text)]));
      return Object.values(kinds).flatMap((marks) => tableOf(figure, chart, marks, chart.title || figureTitle));
    });
  }

  return { numeral: (value) => numeral(value, DIGITS), element, describe, length, tables };
})();
