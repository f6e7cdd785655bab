// From the JSON of a chart to what ECharts draws: marks, axes, tooltips, tools, in the colours of a light or a dark page.
var chartOption = (function () {
  'use strict';

  // ---- colours -----------------------------------------------------------------------------------------------

  function channels(hex) {
    return [1, 3, 5].map(function (i) { return parseInt(hex.slice(i, i + 2), 16) / 255; });
  }

  function linear(c) { return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4); }

  function gamma(c) {
    var v = Math.min(1, Math.max(0, c));
    return v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
  }

  // Colours are chosen for a white page. On a dark one their lightness (Oklab, Ottosson 2020) is squeezed into the
  // upper half, which keeps the order of a sequence; greys are turned about instead, so that black ink becomes white.
  function onPage(hex, isDark) {
    if (!isDark) { return hex; }
    var rgb = channels(hex).map(linear);
    var l = Math.cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
    var m = Math.cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
    var s = Math.cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
    var L = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    var a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    var b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    L = Math.hypot(a, b) < 0.02 ? 0.98 - 0.55 * L : 0.5 + 0.45 * L;
    l = Math.pow(L + 0.3963377774 * a + 0.2158037573 * b, 3);
    m = Math.pow(L - 0.1055613458 * a - 0.0638541728 * b, 3);
    s = Math.pow(L - 0.0894841775 * a - 1.2914855480 * b, 3);
    return '#' + [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    ].map(function (c) { return Math.round(255 * gamma(c)).toString(16).padStart(2, '0'); }).join('');
  }

  function theme(isDark) {
    return isDark
      ? { ink: '#e4e6e9', faint: '#a0a7b0', grid: '#30353c', page: '#15181c', tip: '#262b31', area: 0.26 }
      : { ink: '#1c1e21', faint: '#5b6068', grid: '#e6e8eb', page: '#ffffff', tip: '#ffffff', area: 0.19 };
  }

  // ---- numbers -----------------------------------------------------------------------------------------------

  function number(v, digits) {
    if (v === 0) { return '0'; }
    var size = Math.abs(v);
    var text = size >= 1e6 || size < 1e-4
      ? v.toExponential(digits - 1).replace(/\.?0+e/, 'e').replace('e+', 'e')
      : String(Number(v.toPrecision(digits)));
    return text.replace(/-/g, '\u2212');
  }

  function withUnit(text, unit) { return unit ? text + ' ' + unit : text; }

  function tick(v) { return number(v, 6); }

  // ---- marks -------------------------------------------------------------------------------------------------

  // A band is one polygon a stretch without gaps. It is drawn by the first item for all of them: a polygon an item
  // would show seams where translucent neighbours meet.
  function bandSeries(mark, colour, page, floor) {
    return {
      type: 'custom', name: mark.name, z: 1, silent: true, clip: true, animation: false, progressive: 0,
      itemStyle: { color: colour }, encode: { x: 0, y: [1, 2] },
      data: mark.x.map(function (x, i) { return [x, mark.lower[i], mark.upper[i]]; }),
      renderItem: function (params, api) {
        if (params.dataIndexInside !== 0) { return undefined; }
        var children = [];
        var top = [];
        var bottom = [];
        function close() {
          if (top.length) {
            children.push({ type: 'polygon', shape: { points: top.concat(bottom.reverse()) },
              style: { fill: colour, opacity: page.area } });
          }
          top = [];
          bottom = [];
        }
        mark.x.forEach(function (x, i) {
          if (mark.lower[i] === null || mark.upper[i] === null) { close(); return; }
          top.push(api.coord([x, Math.max(floor, mark.upper[i])]));
          bottom.push(api.coord([x, Math.max(floor, mark.lower[i])]));
        });
        close();
        return { type: 'group', children: children };
      }
    };
  }

  function barsSeries(mark, colour, page, floor) {
    return {
      type: 'custom', name: mark.name, z: 1, silent: true, clip: true, animation: false, progressive: 0,
      itemStyle: { color: colour }, encode: { x: [0, 1], y: 2 },
      data: mark.heights.map(function (h, i) { return [mark.edges[i], mark.edges[i + 1], h]; }),
      renderItem: function (params, api) {
        var base = floor > 0 ? floor : 0;
        var a = api.coord([api.value(0), Math.max(floor, api.value(2))]);
        var b = api.coord([api.value(1), base]);
        return { type: 'rect', shape: { x: a[0], y: Math.min(a[1], b[1]), width: b[0] - a[0], height: Math.abs(b[1] - a[1]) },
          style: { fill: colour, opacity: 2 * page.area, stroke: page.page, lineWidth: 0.5 } };
      }
    };
  }

  // The name stands where the layout of the still picture found that it hides least (mark.along, mark.after).
  function ruleSeries(mark, colour, page, small, edged) {
    var across = mark.direction === 'horizontal';
    return {
      type: 'custom', name: '', z: 2, silent: true, clip: true, animation: false, progressive: 0,
      itemStyle: { color: colour }, data: [[mark.value]], encode: across ? { y: 0 } : { x: 0 },
      renderItem: function (params, api) {
        var area = params.coordSys;
        var size = small ? 10 : 12;
        var at = across ? api.coord([0, mark.value])[1] : api.coord([mark.value, 0])[0];
        var line = across ? { x1: area.x, x2: area.x + area.width, y1: at, y2: at }
          : { x1: at, x2: at, y1: area.y, y2: area.y + area.height };
        var children = edged ? [{ type: 'line', shape: line, style: { stroke: page.page, lineWidth: 4 } }] : [];
        children.push({ type: 'line', shape: line, style: { stroke: colour, lineWidth: 1.3, lineDash: [10, 3, 2, 3] } });
        if (mark.name) {
          var text = { text: mark.name, fill: colour, stroke: page.page, lineWidth: 3,
            fontSize: size, fontFamily: getComputedStyle(document.body).fontFamily };
          if (across) {
            text.x = area.x + 5 + mark.along * (area.width - 10);
            text.y = at + (mark.after ? -4 : 5);
            text.align = mark.along === 1 ? 'right' : mark.along === 0.5 ? 'center' : 'left';
            text.verticalAlign = mark.after ? 'bottom' : 'top';
          } else {
            text.x = at + (mark.after ? 5 : -5);
            text.y = area.y + area.height - 5 - mark.along * (area.height - size - 10);
            text.align = mark.after ? 'left' : 'right';
            text.verticalAlign = 'bottom';
          }
          children.push({ type: 'text', style: text });
        }
        return { type: 'group', children: children };
      }
    };
  }

  // Where a number lies on the way through a colour bar's range, 0 to 1.
  function fraction(measure, v) {
    var f = measure.scale === 'log' ? (Math.log(v) - Math.log(measure.low)) / (Math.log(measure.high) - Math.log(measure.low))
      : (v - measure.low) / (measure.high - measure.low);
    return Math.min(1, Math.max(0, f));
  }

  // The cells of a heat map; their colours mean numbers and are the same on a dark page. A cell without a number is hatched.
  function cellsSeries(mark, colour, page) {
    var columns = mark.xEdges.length - 1;
    return {
      type: 'custom', name: mark.name, z: 0, clip: true, animation: false, progressive: 0,
      itemStyle: { color: colour }, encode: { x: [0, 1], y: [2, 3] },
      data: mark.values.map(function (v, i) {
        var column = i % columns;
        var row = Math.floor(i / columns);
        return [mark.xEdges[column], mark.xEdges[column + 1], mark.yEdges[row], mark.yEdges[row + 1]];
      }),
      renderItem: function (params, api) {
        // Whole pixels: neighbours meet without a seam.
        var a = api.coord([api.value(0), api.value(3)]).map(Math.round);
        var b = api.coord([api.value(1), api.value(2)]).map(Math.round);
        var shape = { x: a[0], y: a[1], width: b[0] - a[0], height: b[1] - a[1] };
        var v = mark.values[params.dataIndex];
        if (v !== null) {
          var at = Math.round(fraction(mark.measure, v) * (mark.colours.length - 1));
          return { type: 'rect', shape: shape, style: { fill: mark.colours[at] } };
        }
        var strokes = [];
        var gap = 6;
        for (var sum = Math.floor((a[0] + a[1]) / gap) * gap; sum <= b[0] + b[1]; sum += gap) {
          var left = Math.max(a[0], sum - b[1]);
          var right = Math.min(b[0], sum - a[1]);
          if (left < right) {
            strokes.push({ type: 'line', silent: true, shape: { x1: left, y1: sum - left, x2: right, y2: sum - right },
              style: { stroke: colour, lineWidth: 1 } });
          }
        }
        return { type: 'group', children: [{ type: 'rect', shape: shape, style: { fill: page.page } }].concat(strokes) };
      }
    };
  }

  var BAR = 84;

  // The colour bar stands in the room that the grid leaves at its right. It has no name, so that the legend cannot hide it.
  function barSeries(mark, page, small) {
    var measure = mark.measure;
    var stops = mark.colours.map(function (c, i) { return { offset: i / (mark.colours.length - 1), color: c }; });
    return {
      type: 'custom', name: '', z: 0, silent: true, clip: false, animation: false, progressive: 0,
      encode: { x: 0, y: 1 }, data: [[mark.xEdges[0], mark.yEdges[0]]],
      renderItem: function (params) {
        var area = params.coordSys;
        var x = area.x + area.width + 12;
        var font = { fontSize: small ? 10.5 : 12, fontFamily: getComputedStyle(document.body).fontFamily };
        var children = [{ type: 'rect', shape: { x: x, y: area.y, width: 14, height: area.height },
          style: { fill: new echarts.graphic.LinearGradient(0, 1, 0, 0, stops), stroke: page.faint, lineWidth: 0.8 } }];
        mark.ticks.forEach(function (v) {
          var y = area.y + area.height * (1 - fraction(measure, v));
          children.push({ type: 'line', shape: { x1: x + 14, x2: x + 18, y1: y, y2: y }, style: { stroke: page.faint } });
          children.push({ type: 'text', style: Object.assign({ text: number(v, 4), x: x + 21, y: y, fill: page.faint,
            verticalAlign: 'middle' }, font) });
        });
        children.push({ type: 'text', x: area.x + area.width + BAR - 10, y: area.y + area.height / 2, rotation: Math.PI / 2,
          style: Object.assign({ text: measure.title, fill: page.ink, align: 'center', verticalAlign: 'middle' }, font) });
        return { type: 'group', children: children };
      }
    };
  }

  function cellsOf(chart) { return chart.marks.find(function (m) { return m.type === 'cells'; }); }

  function allSeries(chart, page, isDark, small) {
    var drawn = chart.marks.map(function (mark) { return series(chart, mark, page, isDark, small); });
    var cells = cellsOf(chart);
    if (!cells) { return drawn; }
    // Lines over cells get an edge of the page's colour, to be seen on every other; the name hides it with its line.
    var edges = drawn.filter(function (s) { return s.type === 'line'; }).map(function (s) {
      return Object.assign({}, s, { z: 2, silent: true, showSymbol: false,
        itemStyle: { color: page.page }, lineStyle: { color: page.page, width: 5 } });
    });
    return drawn.concat(edges, [barSeries(cells, page, small)]);
  }

  function series(chart, mark, page, isDark, small) {
    var colour = onPage(mark.colour, isDark);
    var floor = chart.y.scale === 'log' ? chart.y.low : -Infinity;
    switch (mark.type) {
      case 'band': return bandSeries(mark, colour, page, floor);
      case 'bars': return barsSeries(mark, colour, page, floor);
      case 'rule': return ruleSeries(mark, colour, page, small, !!cellsOf(chart));
      case 'cells': return cellsSeries(mark, colour, page);
      default: return {
        type: mark.type === 'points' ? 'scatter' : 'line', name: mark.name, z: mark.type === 'points' ? 4 : 3,
        data: mark.x.map(function (x, i) { return [x, mark.y[i] === null ? '-' : mark.y[i]]; }),
        showSymbol: mark.type === 'points' || mark.markers || mark.x.length === 1, symbol: 'circle', symbolSize: 5.5,
        showAllSymbol: true, animation: false,
        itemStyle: { color: colour },
        lineStyle: { color: colour, width: 2, type: mark.stroke === 'dashed' ? [8, 5] : mark.stroke === 'dotted' ? [2, 4] : 'solid' },
        emphasis: { disabled: true }
      };
    }
  }

  // ---- tooltips ----------------------------------------------------------------------------------------------

  function nearest(xs, x) {
    var best = -1;
    for (var i = 0; i < xs.length; i++) {
      if (best < 0 || Math.abs(xs[i] - x) < Math.abs(xs[best] - x)) { best = i; }
    }
    return best;
  }

  // What a band adds to the value it belongs to: a half width where it lies evenly about it, else its ends.
  function spread(chart, mark, x, y) {
    var band = chart.marks.find(function (m) { return m.type === 'band' && m.name === mark.name; });
    if (!band) { return ''; }
    var i = band.x.indexOf(x);
    if (i < 0 || band.lower[i] === null || band.upper[i] === null) { return ''; }
    var below = y - band.lower[i];
    var above = band.upper[i] - y;
    return Math.abs(above - below) <= 1e-6 * Math.max(Math.abs(above), Math.abs(below))
      ? ' \u00b1 ' + number(above, 2)
      : ' [' + number(band.lower[i], 4) + ', ' + number(band.upper[i], 4) + ']';
  }

  function row(colour, name, value) {
    return '<tr><td style="padding:0 .4em 0 0"><span style="display:inline-block;width:.7em;height:.7em;border-radius:50%;background:'
      + colour + '"></span></td><td style="padding:0 1em 0 0">' + echarts.format.encodeHTML(name)
      + '</td><td style="text-align:right;font-variant-numeric:tabular-nums">' + echarts.format.encodeHTML(value) + '</td></tr>';
  }

  // Everything that is shown near the pointer's x: lines at their nearest point, the bar that stands there, the
  // extent of a band that has no line.
  function tooltip(chart, figure, x, isDark) {
    var rows = [];
    var places = [];
    chart.marks.forEach(function (mark) {
      if (figure.hidden[mark.name]) { return; }
      var colour = onPage(mark.colour, isDark);
      var name = mark.name || chart.y.label;
      if (mark.type === 'bars') {
        var bin = mark.edges.findIndex(function (edge, i) { return i < mark.heights.length && edge <= x && x < mark.edges[i + 1]; });
        if (bin >= 0) {
          rows.push(row(colour, name + ', ' + number(mark.edges[bin], 4) + ' to ' + number(mark.edges[bin + 1], 4),
            withUnit(number(mark.heights[bin], 4), chart.y.unit)));
        }
        return;
      }
      var lone = mark.type === 'band' && !chart.marks.some(function (m) { return m.type === 'line' && m.name === mark.name; });
      if (mark.type !== 'line' && mark.type !== 'points' && !lone) { return; }
      var i = nearest(mark.x, x);
      if (i < 0) { return; }
      places.push(mark.x[i]);
      if (lone) {
        if (mark.lower[i] !== null && mark.upper[i] !== null) {
          rows.push(row(colour, name, withUnit('[' + number(mark.lower[i], 4) + ', ' + number(mark.upper[i], 4) + ']', chart.y.unit)));
        }
      } else {
        rows.push(row(colour, name, mark.y[i] === null ? '\u2013'
          : withUnit(number(mark.y[i], 4) + spread(chart, mark, mark.x[i], mark.y[i]), chart.y.unit)));
      }
    });
    var at = places.length && places.every(function (p) { return p === places[0]; }) ? places[0] : x;
    return '<strong>' + echarts.format.encodeHTML(chart.x.label + ' = ' + withUnit(number(at, 4), chart.x.unit)) + '</strong>'
      + '<table style="border-collapse:collapse;font-size:12px;line-height:1.5">' + rows.join('') + '</table>';
  }

  // The cell that is pointed at, between which edges it lies, and the lines near its middle.
  function cellTooltip(chart, figure, mark, index, isDark) {
    var columns = mark.xEdges.length - 1;
    var column = index % columns;
    var r = Math.floor(index / columns);
    function between(axis, edges, i) {
      return axis.label + ' ' + withUnit(number(edges[i], 4) + ' to ' + number(edges[i + 1], 4), axis.unit);
    }
    var v = mark.values[index];
    var value = v === null ? mark.name || '\u2013' : withUnit(number(v, 4), mark.measure.unit);
    return '<strong>' + echarts.format.encodeHTML(mark.measure.label + ': ' + value) + '</strong><br>'
      + echarts.format.encodeHTML(between(chart.x, mark.xEdges, column)) + '<br>'
      + echarts.format.encodeHTML(between(chart.y, mark.yEdges, r))
      + (chart.marks.some(function (m) { return m.type === 'line'; })
        ? '<br>' + tooltip(chart, figure, (mark.xEdges[column] + mark.xEdges[column + 1]) / 2, isDark) : '');
  }

  // ---- options -----------------------------------------------------------------------------------------------

  function whole(v, step) { return Math.abs(v / step - Math.round(v / step)) < 1e-6; }

  // An end of the axis that is no multiple of the ticks' step (ECharts takes 1, 2, 3 or 5 times a power of ten) gets
  // no label of its own.
  function endLabels(axis, ticks) {
    if (axis.scale === 'log') { return {}; }
    var rough = (axis.high - axis.low) / ticks;
    var power = Math.pow(10, Math.floor(Math.log10(rough)));
    var f = rough / power;
    var step = power * (f < 1.5 ? 1 : f < 2.5 ? 2 : f < 4 ? 3 : f < 7 ? 5 : 10);
    return { showMinLabel: whole(axis.low, step), showMaxLabel: whole(axis.high, step) };
  }

  function axisOption(axis, page, small, vertical) {
    var ticks = small ? 4 : 7;
    var ends = endLabels(axis, ticks);
    // Over less than two decades powers of ten are too few to read a value by.
    var base = axis.high / axis.low < 100 ? 2 : 10;
    return {
      type: axis.scale === 'log' ? 'log' : 'value', min: axis.low, max: axis.high, splitNumber: ticks, logBase: base,
      name: axis.title, nameLocation: 'middle', nameGap: vertical ? (small ? 34 : 52) : 26,
      nameTextStyle: { color: page.ink, fontSize: small ? 11.5 : 13 },
      axisLabel: { color: page.faint, fontSize: small ? 10.5 : 12, formatter: tick, hideOverlap: true,
        showMinLabel: ends.showMinLabel, showMaxLabel: ends.showMaxLabel },
      axisLine: { show: true, onZero: false, lineStyle: { color: page.faint } },
      axisTick: { show: true, lineStyle: { color: page.faint } },
      splitLine: { show: true, lineStyle: { color: page.grid } },
      minorTick: { show: axis.scale === 'log' && base === 10, splitNumber: 9 }
    };
  }

  // What ECharts is told to draw.
  //   chart   a chart of the figure's JSON
  //   figure  {data: the figure's JSON, hidden: {name: true}}
  //   small   whether it is one of several panels
  //   isDark  whether the page is
  //   save    what the tool 'Save as PNG' calls
  function option(chart, figure, small, isDark, save) {
    var page = theme(isDark);
    var cells = cellsOf(chart);
    var bar = cells ? BAR : 0;
    return {
      animation: false, backgroundColor: 'transparent',
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: page.ink },
      title: small ? { text: chart.title, left: 12, top: 2, textStyle: { fontSize: 12.5, color: page.ink } } : undefined,
      grid: small ? { left: 52, right: 12 + bar, top: 26, bottom: 42 } : { left: 76, right: 26 + bar, top: 34, bottom: 52 },
      legend: { show: false, selected: selected(figure) },
      xAxis: axisOption(chart.x, page, small, false),
      yAxis: axisOption(chart.y, page, small, true),
      tooltip: {
        trigger: cells ? 'item' : 'axis', confine: !small, backgroundColor: page.tip, borderColor: page.grid,
        textStyle: { color: page.ink, fontSize: 12 },
        axisPointer: { type: 'line', lineStyle: { color: page.faint } },
        formatter: function (params) {
          if (cells) {
            return params.seriesIndex === chart.marks.indexOf(cells) ? cellTooltip(chart, figure, cells, params.dataIndex, isDark) : '';
          }
          var first = Array.isArray(params) ? params[0] : params;
          return first ? tooltip(chart, figure, Number(first.axisValue), isDark) : '';
        }
      },
      dataZoom: [
        { type: 'inside', xAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, preventDefaultMouseMove: false },
        { type: 'inside', yAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, preventDefaultMouseMove: false }
      ],
      toolbox: {
        show: !small, right: small ? 4 : 16, top: small ? 0 : 4, itemSize: small ? 10 : 14, itemGap: small ? 5 : 8, showTitle: true,
        iconStyle: { borderColor: page.faint },
        feature: {
          dataZoom: { filterMode: 'none', title: { zoom: 'Zoom into a box', back: 'Back' } },
          restore: { title: 'Show all' },
          mySave: { show: true, title: 'Save as PNG', icon: 'path://M4.7,22.9L29.3,45.5L54.7,23.4M4.6,43.6L4.6,58L53.8,58L53.8,43.6M29.2,45.1L29.2,0',
            onclick: save }
        }
      },
      series: allSeries(chart, page, isDark, small)
    };
  }

  function selected(figure) {
    var map = {};
    figure.data.legend.forEach(function (name) { map[name] = !figure.hidden[name]; });
    return map;
  }

  return { of: option, onPage: onPage, endLabels: endLabels, selected: selected };
})();
