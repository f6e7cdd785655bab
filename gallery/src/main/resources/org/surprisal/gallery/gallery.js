// Shows the exhibits that have a status or a verdict, chosen by the buttons at the top.
(function () {
  'use strict';
  var buttons = Array.from(document.querySelectorAll('[data-filter]'));
  var items = Array.from(document.querySelectorAll('[data-words]'));
  var told = document.getElementById('_shown');
  function show(word) {
    var count = 0;
    items.forEach(function (item) {
      var shown = word === 'all' || item.dataset.words.split(' ').indexOf(word) >= 0;
      item.hidden = !shown;
      if (shown && item.tagName === 'ARTICLE') { count += 1; }
    });
    document.querySelectorAll('section, nav').forEach(function (part) {
      part.hidden = !part.querySelector('[data-words]:not([hidden])');
    });
    buttons.forEach(function (button) {
      button.setAttribute('aria-pressed', String(button.dataset.filter === word));
    });
    told.textContent = count + ' exhibits shown';
  }
  buttons.forEach(function (button) {
    button.addEventListener('click', function () { show(button.dataset.filter); });
  });
}());
