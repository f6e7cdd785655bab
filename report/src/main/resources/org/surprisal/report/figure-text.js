// What figures say in words: numbers, names with their symbols set, tooltips and tables. Used by report.js.
const figureText = (() => {
  'use strict';

  // The number as the page has it, which Java has rounded, with a true minus; powers of ten where it is long.
  function numeral(value) {
    if (value === null || value === undefined) {
      return 'no number';
    }
    const power = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
    let text = String(value);
    if (power >= 6 || power < -4) {
      const [mantissa, exponent] = value.toExponential().split('e');
      const raised = Array.from(exponent.replace('+', ''), (c) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[c] || '⁻').join('');
      text = (mantissa === '1' ? '' : mantissa + ' × ') + '10' + raised;
    }
    return text.replace('-', '−');
  }

  // Both ends with as many decimals.
  function interval(low, high) {
    const decimals = (text) => (/^−?\d+(\.\d+)?$/.test(text) ? (text.split('.')[1] || '').length : NaN);
    const most = Math.max(decimals(low), decimals(high));
    const end = (text) => (most > 0 ? text + (decimals(text) ? '' : '.') + '0'.repeat(most - decimals(text)) : text);
    return end(low) + ' to ' + end(high);
  }

  const withUnit = (text, axis) => (axis.unit ? text + ' ' + axis.unit : text);

  // A number on an axis; on an axis of categories, the category's name.
  function quantity(axis, value) {
    const name = axis.categories && axis.categories[Math.round(value)];
    return name || withUnit(numeral(value), axis);
  }

  // A name before a number: one that is read from right to left would take the number to its other side.
  const isolated = (name) => (/\p{Script=Hebrew}|\p{Script=Arabic}/u.test(name) ? '\u2068' + name + '\u2069' : name);

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
    const add = (axis, text) => lines.push((axis.label ? isolated(axis.label) + ': ' : '') + text);
    const span = (axis, low, high) => withUnit(interval(numeral(low), numeral(high)), axis);
    if (mark.measure) {
      const none = mark.value[i] === null;
      add(mark.measure, none ? mark.name || numeral(null) : quantity(mark.measure, mark.value[i]));
    } else if (mark.name) {
      lines.push(mark.name);
    }
    if (figure.numbers().charts.length > 1 && chart.title) {
      lines.push(chart.title);
    }
    if (mark.text) {
      lines.push(mark.text[i]);
    } else if (mark.step && figure.timeline) {
      lines.push(figure.timeline.dataset.label + ' ' + numeral(mark.step[i]));
    }
    if (mark.x) {
      add(chart.x, quantity(chart.x, mark.x[i]));
    } else if (mark.x0) {
      add(chart.x, span(chart.x, mark.x0[i], mark.x1[i]));
    }
    const bounded = mark.lower && mark.lower[i] !== null && mark.upper[i] !== null;
    if (mark.y) {
      add(chart.y, quantity(chart.y, mark.y[i]));
    } else if (mark.value && !mark.measure) {
      add(chart.y, quantity(chart.y, mark.value[i]));
    } else if (mark.y0) {
      add(chart.y, span(chart.y, mark.y0[i], mark.y1[i]));
    }
    if (bounded) {
      const bounds = span(chart.y, mark.lower[i], mark.upper[i]);
      if (mark.y) {
        lines.push(bounds);
      } else {
        add(chart.y, bounds);
      }
    }
    return lines;
  }

  // How many items a mark has; none for a band whose numbers its line has.
  const length = (mark) => (mark.x || mark.x0 || mark.y || mark.y0 || []).length;

  // The columns of a mark's table: a title and the text of item `i`.
  function columnsOf(figure, chart, mark) {
    const titled = (axis, what) => axis.label + what + (axis.unit ? ' (' + axis.unit + ')' : '');
    const columns = [];
    const add = (key, axis, what) => mark[key] && columns.push({
      title: titled(axis, what || ''), text: (i) => axis.categories && axis.categories[mark[key][i]]
        || (mark[key][i] === null && mark.measure && mark.name) || numeral(mark[key][i])
    });
    // The name of cells says what a cell without a number means; the only line of a chart has no name.
    if (!mark.measure && mark.name) {
      columns.push({ title: 'name', text: () => mark.name });
    }
    if (mark.step && figure.timeline) {
      add('step', { label: figure.timeline.dataset.label });
    } else if (mark.text) {
      columns.push({ title: 'item', text: (i) => mark.text[i] });
    }
    if (mark.x) {
      add('x', chart.x);
    } else {
      add('x0', chart.x, ' from');
      add('x1', chart.x, ' to');
    }
    add('y', chart.y);
    add('value', mark.measure || chart.y);
    add('lower', chart.y, ', lower');
    add('upper', chart.y, ', upper');
    return columns;
  }

  // The caption, and the table in a box that scrolls sideways where it is too wide.
  function tableOf(figure, chart, marks, title) {
    const table = document.createElement('table');
    const heads = table.createTHead().insertRow();
    for (const column of columnsOf(figure, chart, marks[0])) {
      heads.append(Object.assign(element('th', '', column.title), { scope: 'col' }));
    }
    const body = table.createTBody();
    for (const mark of marks) {
      const columns = columnsOf(figure, chart, mark);
      for (let i = 0; i < length(mark); i++) {
        const cells = columns.map((column, k) => element(k === 0 ? 'th' : 'td', '', column.text(i)));
        cells[0].scope = 'row';
        body.insertRow().append(...cells);
      }
    }
    const scroll = element('div', 'scroll', '');
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'group');
    scroll.setAttribute('aria-label', 'Numbers: ' + title);
    scroll.append(table);
    return [element('p', 'caption', title), scroll];
  }

  // The tables of a figure: one for each chart and each kind of columns in it.
  function tables(figure) {
    const figureTitle = figure.root.querySelector('h3').textContent;
    return figure.numbers().charts.flatMap((chart) => {
      const kinds = Object.groupBy(chart.marks.filter(length),
        (mark) => columnsOf(figure, chart, mark).map((column) => column.title).join());
      return Object.values(kinds).flatMap((marks) => tableOf(figure, chart, marks, chart.title || figureTitle));
    });
  }

  return { numeral, element, describe, length, tables };
})();
