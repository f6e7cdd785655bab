// Draws the charts of a report from the JSON beside each figure. Until it has, the figure shows its still picture.
(function () {
  'use strict';

  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  var figures = [];

  // ---- saving ------------------------------------------------------------------------------------------------

  // The picture saved has what the page has around the chart: a title and a legend; white, for print; the part of the
  // axes that is in sight and the marks that are.
  function save(chart, figure) {
    var several = figure.data.charts.length > 1;
    var box = document.createElement('div');
    box.style.cssText = 'position:absolute;left:-9999px;width:900px;height:620px';
    document.body.appendChild(box);
    var copy = echarts.init(box, null, { devicePixelRatio: 2 });
    var marks = chart.marks.filter(function (m) { return !figure.hidden[m.name]; });
    // In a legend of ECharts one series stands for a name: the line, whose dashes tell it from others.
    var lined = marks.filter(function (m) { return m.type === 'line'; }).map(function (m) { return m.name; });
    var drawn = marks.map(function (m) {
      return m.type === 'band' && lined.indexOf(m.name) >= 0 ? Object.assign({}, m, { name: '' }) : m;
    });
    var spec = chartOption.of(Object.assign({}, chart, { marks: drawn }), figure, false, false, null);
    var entries = figure.data.legend.filter(function (name) { return marks.some(function (m) { return m.name === name; }); });
    spec.backgroundColor = '#ffffff';
    spec.toolbox = { show: false };
    spec.title = { text: several ? figure.data.title + ': ' + chart.title : chart.title,
      left: 12, top: 8, textStyle: { fontSize: 16, color: '#1c1e21' } };
    spec.legend = {
      show: true, bottom: 8, itemWidth: 30, textStyle: { color: '#1c1e21' },
      data: entries.map(function (name) {
        var bare = marks.some(function (m) { return m.name === name && m.type === 'line' && !m.markers; });
        return { name: name, itemStyle: { opacity: bare ? 0 : 1 } };
      })
    };
    spec.grid = { left: 78, right: spec.grid.right + 2, top: 48, bottom: 64 + 24 * Math.ceil(entries.length / 4) };
    figure.charts[figure.data.charts.indexOf(chart)].getOption().dataZoom.slice(0, 2).forEach(function (zoom, i) {
      spec.dataZoom[i].start = zoom.start;
      spec.dataZoom[i].end = zoom.end;
      if (zoom.start > 0 || zoom.end < 100) {
        var labels = (i === 0 ? spec.xAxis : spec.yAxis).axisLabel;
        labels.showMinLabel = false;
        labels.showMaxLabel = false;
      }
    });
    copy.setOption(spec);
    var link = document.createElement('a');
    link.download = (several ? figure.data.id + '-' : '') + chart.id + '.png';
    link.href = copy.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: '#ffffff' });
    link.click();
    copy.dispose();
    box.remove();
  }

  // ---- legends -----------------------------------------------------------------------------------------------

  function swatch(marks) {
    var svg = '<svg width="26" height="12" aria-hidden="true">';
    marks.forEach(function (m) {
      var c = chartOption.onPage(m.colour, dark.matches);
      if (m.type === 'band' || m.type === 'bars') {
        svg += '<rect width="26" height="10" y="1" fill="' + c + '" opacity="' + (m.type === 'bars' ? 0.45 : 0.25) + '"/>';
      }
      if (m.type === 'cells') {
        svg += '<path d="M0,11L10,1M6,11L16,1M12,11L22,1M18,11L26,3" fill="none" stroke="' + c + '"/>';
      }
    });
    marks.forEach(function (m) {
      var c = chartOption.onPage(m.colour, dark.matches);
      if (m.type === 'line') {
        svg += '<line x1="0" x2="26" y1="6" y2="6" stroke="' + c + '" stroke-width="2" stroke-dasharray="'
          + (m.stroke === 'dashed' ? '7 3' : m.stroke === 'dotted' ? '2 3' : 'none') + '"/>';
      }
      if (m.type === 'points' || m.markers) { svg += '<circle cx="13" cy="6" r="3" fill="' + c + '"/>'; }
    });
    return svg + '</svg>';
  }

  function sample(figure, name) {
    var kinds = {};
    figure.data.charts.forEach(function (chart) {
      chart.marks.forEach(function (m) {
        if (m.name === name && m.type !== 'rule' && !kinds[m.type]) { kinds[m.type] = m; }
      });
    });
    return Object.keys(kinds).map(function (kind) { return kinds[kind]; });
  }

  function drawLegend(figure) {
    figure.legend.textContent = '';
    figure.data.legend.forEach(function (name) {
      var button = document.createElement('button');
      button.type = 'button';
      button.innerHTML = swatch(sample(figure, name));
      button.append(name);
      button.setAttribute('aria-pressed', String(!figure.hidden[name]));
      button.addEventListener('click', function () {
        figure.hidden[name] = !figure.hidden[name];
        button.setAttribute('aria-pressed', String(!figure.hidden[name]));
        figure.charts.forEach(function (c) {
          c.dispatchAction({ type: figure.hidden[name] ? 'legendUnSelect' : 'legendSelect', name: name });
        });
      });
      figure.legend.append(button);
    });
  }

  // ---- figures -----------------------------------------------------------------------------------------------

  function draw(figure) {
    var small = figure.data.charts.length > 1;
    figure.charts.forEach(function (chart, i) {
      var data = figure.data.charts[i];
      chart.setOption(chartOption.of(data, figure, small, dark.matches, function () { save(data, figure); }), true);
    });
    drawLegend(figure);
  }

  // Zoomed, the ends of an axis are any numbers and go unlabelled; whole, they are what the figure says.
  function onZoom(chart, data, small) {
    var zoom = chart.getOption().dataZoom;
    function labels(spec, z) {
      var all = z.start === 0 && z.end === 100;
      return { axisLabel: all ? chartOption.endLabels(spec, small ? 4 : 7) : { showMinLabel: false, showMaxLabel: false } };
    }
    chart.setOption({ xAxis: labels(data.x, zoom[0]), yAxis: labels(data.y, zoom[1]) });
  }

  // As many columns as are asked for or, on a narrow page, as divide them evenly, so that rows keep their meaning.
  function arrange(drawing, figure) {
    var asked = Number(drawing.dataset.columns);
    var grid = drawing.querySelector('.charts');
    var columns = asked;
    while (columns > 1 && (asked % columns !== 0 || grid.clientWidth / columns < 205)) { columns--; }
    grid.style.gridTemplateColumns = 'repeat(' + columns + ', minmax(0, 1fr))';
    // An even number of rows keeps pairs (before, after) in one column of the legend.
    var count = figure.data.legend.length;
    var longest = Math.max.apply(null, figure.data.legend.map(function (name) { return name.length; }).concat(1));
    var fitting = Math.max(1, Math.floor(grid.clientWidth / (60 + 7.4 * longest)));
    var rows = Math.ceil(count / fitting);
    if (rows > 1 && rows % 2 === 1 && count % 2 === 0) { rows++; }
    figure.legend.classList.toggle('many', rows > 1);
    figure.legend.style.columnCount = rows > 1 ? Math.ceil(count / rows) : '';
  }

  function start(element) {
    var drawing = element.querySelector('.drawing');
    if (!drawing) { return; }
    var figure = {
      data: JSON.parse(element.querySelector('.figure-data').textContent),
      legend: drawing.querySelector('.legend'), hidden: Object.create(null), charts: []
    };
    drawing.hidden = false;
    var boxes = Array.prototype.slice.call(drawing.querySelectorAll('.chart'));
    var small = boxes.length > 1;
    arrange(drawing, figure);
    figure.charts = boxes.map(function (box) { return echarts.init(box); });
    draw(figure);
    new ResizeObserver(function () { arrange(drawing, figure); }).observe(drawing);
    figure.charts.forEach(function (chart, i) {
      chart.on('datazoom', function () { onZoom(chart, figure.data.charts[i], small); });
      chart.on('restore', function () { figure.hidden = Object.create(null); draw(figure); });
      new ResizeObserver(function () { chart.resize(); }).observe(boxes[i]);
      if (small) {
        // Eight sets of tools would be clutter: a small panel shows its own while it is pointed at.
        boxes[i].addEventListener('mouseenter', function () { chart.setOption({ toolbox: { show: true } }); });
        boxes[i].addEventListener('mouseleave', function () { chart.setOption({ toolbox: { show: false } }); });
      }
    });
    element.querySelector('.static').remove();
    figures.push(figure);
  }

  document.querySelectorAll('figure').forEach(function (element) {
    try {
      start(element);
    } catch (error) {
      // The still picture stays where a drawing fails.
      document.documentElement.dataset.error = String(error);
      element.querySelector('.drawing').hidden = true;
    }
  });
  dark.addEventListener('change', function () { figures.forEach(draw); });
  document.documentElement.dataset.drawn = String(figures.length);
})();
