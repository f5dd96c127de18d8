"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = id => document.getElementById(id);
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const THEMES = {
    light: {
      ink: "#1d232b", soft: "#667180", line: "#dfe4ea", paper: "#ffffff", tip: "#ffffff",
      scan: "#0072b2", tree: "#009e73", quantized: "#b8478d", measured: "#d55e00", auto: "#7a5cc7",
      peers: ["#7d8894", "#a3acb6", "#5b6570", "#bcc3cb", "#8f8f7a", "#6f7f8f"],
    },
    dark: {
      ink: "#e8ecf1", soft: "#97a3b2", line: "#2e3641", paper: "#181d24", tip: "#232a33",
      scan: "#5cb3f0", tree: "#3fcf9f", quantized: "#ea8fc5", measured: "#ff9f5f", auto: "#b3a1f2",
      peers: ["#8d98a5", "#6d7783", "#b4bdc7", "#525b66", "#a3a38d", "#7b8b9b"],
    },
  };
  const theme = () => THEMES[dark.matches ? "dark" : "light"];
  const peers = [...new Set(data.rows.filter(row => row.subject !== "slate").map(row => row.subject))];
  const colour = row => row.subject === "slate"
    ? theme()[row.strategy]
    : theme().peers[peers.indexOf(row.subject) % theme().peers.length];

  /* ---- words ---- */
  const digits = v => v < 9.995 ? v.toFixed(2) : v < 99.95 ? v.toFixed(1) : v.toFixed(0);
  const time = us => us === null ? "-" : us < 1 ? digits(us * 1e3) + " ns" : us < 1e3 ? digits(us) + " µs"
    : us < 1e6 ? digits(us / 1e3) + " ms" : digits(us / 1e6) + " s";
  const roundTime = us => time(us).replace(/\.0+(?= )/, "");
  const scaled = (v, units) => {
    let i = 0;
    while (v >= 999.5 && i < units.length - 1) { v /= 1000; i++; }
    return (v < 9.995 && v % 1 ? v.toFixed(1) : v.toFixed(0)) + units[i];
  };
  const bytes = v => v === null ? "-" : scaled(v, [" B", " kB", " MB", " GB", " TB"]);
  const count = v => v === null ? "-" : v >= 1e6 && v % 1e5 === 0 ? v / 1e6 + "m" : v >= 1e3 && v % 1e3 === 0 ? v / 1e3 + "k" : String(v);
  const many = v => v === null ? "-" : scaled(v, ["", "k", "m", "bn"]);
  const share = v => v === null ? "-" : v >= 99.5 ? v.toFixed(0) : v >= 9.95 ? v.toFixed(1) : v.toFixed(2);
  const percent = v => v === null ? "-" : (100 * v).toFixed(0) + " %";
  const power = v => Number(v.toPrecision(1)) === v && Math.abs(Math.log10(v) % 1) < 1e-9;

  function element(name, parent, text, className) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    if (parent) parent.append(made);
    return made;
  }

  /* ---- charts: each is a function of the theme, drawn anew when that changes ---- */
  const charts = [];
  function chart(parent, height, label, option) {
    const holder = element("div", parent, undefined, "chart");
    holder.style.height = height + "px";
    holder.setAttribute("role", "img");
    holder.setAttribute("aria-label", label);
    charts.push({holder, option, drawn: null});
  }
  function draw(each) {
    if (each.drawn) each.drawn.dispose();
    each.drawn = echarts.init(each.holder, null, {renderer: "svg"});
    each.drawn.setOption(each.option(theme(), each.holder.clientWidth));
    if (!touch) select(each.drawn);
    each.holder.ondblclick = () => {
      each.drawn.dispatchAction({type: "restore"});
      if (!touch) select(each.drawn);
    };
  }
  const select = drawn =>
    drawn.dispatchAction({type: "takeGlobalCursor", key: "dataZoomSelect", dataZoomSelectActive: true});
  const common = t => ({
    animation: false,
    textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: t.ink},
    tooltip: {
      backgroundColor: t.tip, borderColor: t.line, textStyle: {color: t.ink, fontSize: 12.5}, confine: true,
    },
  });
  /* With a mouse a box is dragged at once, which needs the toolbox but not its buttons. */
  const touch = matchMedia("(pointer: coarse)").matches;
  const zoom = axes => ({
    toolbox: {
      right: 0, top: touch ? 0 : -100, itemSize: 13,
      feature: {
        dataZoom: {...axes, title: {zoom: "Zoom", back: "Zoom back"}},
        restore: {title: "Show all"},
      },
      iconStyle: {borderColor: theme().soft},
    },
  });
  const axis = (t, more) => ({
    axisLine: {show: false}, axisTick: {show: false},
    axisLabel: {color: t.soft, fontSize: 11.5, hideOverlap: true, ...(more.axisLabel || {})},
    splitLine: {lineStyle: {color: t.line}}, nameTextStyle: {color: t.soft, fontSize: 11.5},
    nameLocation: "middle", ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== "axisLabel")),
  });
  const logLabel = words => ({formatter: v => power(v) ? words(v) : ""});
  const floor10 = v => 10 ** Math.floor(Math.log10(v) + 1e-9), ceil10 = v => 10 ** Math.ceil(Math.log10(v) - 1e-9);
  const escaped = s => echarts.format.encodeHTML(String(s));

  function tip(row) {
    const line = (name, value) => `<tr><td style="border:0;padding:0 12px 0 0;text-align:left;background:none">${name}</td><td style="border:0;padding:0;text-align:right">${value}</td></tr>`;
    return `<b>${escaped(row.title)}</b><br><span style="opacity:.7">${escaped(row.group)}</span><table>`
      + line("median", time(row.p50_us)) + line("99th percentile", time(row.p99_us))
      + line("forks", row.fork_p50_us.map(time).join(", "))
      + line("share of the stream", share(row.stream_share)) + line("share of the peak", share(row.peak_share))
      + line("limited by", escaped(row.limit))
      + line("B/op", many(row.bytes_per_op)) + line("recall", row.recall)
      + (row.facts.itemsScored === undefined ? "" : line("items scored", many(row.facts.itemsScored)))
      + (row.facts.bytesRead === undefined ? "" : line("bytes read", bytes(row.facts.bytesRead)))
      + "</table>";
  }

  /* ---- time of a query ---- */
  const groups = [...new Set(data.rows.map(row => row.group))];
  for (const group of groups) {
    const rows = data.rows.filter(row => row.group === group);
    element("h3", $("groups"), group);
    const pair = element("div", $("groups"), undefined, "pair");
    const names = rows.map(row => row.title), height = 56 + 30 * rows.length;
    const nameWidth = width => Math.min(190, width * .31);
    const cut = (name, width) => width < 480 && name.length > 15 ? name.slice(0, 14) + "…" : name;
    const category = (t, width, named, value) => axis(t, {
      type: "category", data: names, inverse: true, splitLine: {show: false},
      axisLabel: {
        hideOverlap: false, interval: 0, margin: 10,
        formatter: (name, i) => (named ? `{name|${cut(name, width)}}` : "") + `{value|${value(rows[i])}}`,
        rich: {
          name: {color: t.ink, fontSize: 12.5, width: nameWidth(width)},
          value: {color: t.ink, fontSize: 12.5, width: 64, align: "right", fontWeight: 600},
        },
      },
    });
    const least = Math.min(...rows.map(row => row.p50_us)), most = Math.max(...rows.map(row => row.p99_us));
    chart(pair, height, "Time of a query: " + rows.map(row => row.title + " " + time(row.p50_us)).join(", "), (t, width) => ({
      ...common(t),
      ...zoom({yAxisIndex: false}),
      grid: {left: nameWidth(width) + 76, right: 18, top: 18, bottom: 28},
      xAxis: axis(t, {type: "log", min: floor10(least * .8), max: ceil10(most), axisLabel: logLabel(roundTime)}),
      yAxis: category(t, width, true, row => time(row.p50_us)),
      series: [
        {
          type: "bar", name: "median", barWidth: 15,
          data: rows.map(row => ({value: row.p50_us, itemStyle: {color: colour(row), borderRadius: [0, 3, 3, 0]}})),
          tooltip: {formatter: p => tip(rows[p.dataIndex])},
        },
        {
          type: "scatter", name: "forks", symbolSize: 7, z: 3, silent: true,
          itemStyle: {color: t.paper, borderColor: t.ink, borderWidth: 1},
          data: rows.flatMap((row, i) => row.fork_p50_us.map(fork => [fork, i])),
        },
        {
          type: "scatter", name: "99th percentile", symbol: "rect", symbolSize: [2, 15], z: 2,
          data: rows.map((row, i) => ({value: [row.p99_us, i], itemStyle: {color: colour(row)}})),
          tooltip: {formatter: p => tip(rows[p.dataIndex])},
        },
      ],
    }));
    const shares = rows.map(row => row.stream_share).filter(v => v > 0);
    const narrow = () => innerWidth <= 760;
    chart(pair, height, "Share of the stream: " + rows.map(row => row.title + " " + share(row.stream_share)).join(", "), (t, width) => ({
      ...common(t),
      ...zoom({yAxisIndex: false}),
      grid: {left: narrow() ? nameWidth(width) + 76 : 70, right: 18, top: 18, bottom: 28},
      xAxis: axis(t, {
        type: "log", min: floor10(Math.min(.1, ...shares)), max: ceil10(Math.max(10, ...shares)),
        axisLabel: logLabel(v => String(Number(v.toPrecision(1)))),
      }),
      yAxis: category(t, width, narrow(), row => share(row.stream_share)),
      series: [{
        type: "bar", name: "share of the stream", barWidth: 15,
        data: rows.map(row => ({value: row.stream_share, itemStyle: {color: colour(row), opacity: .85, borderRadius: [0, 3, 3, 0]}})),
        tooltip: {formatter: p => tip(rows[p.dataIndex])},
        markLine: {
          silent: true, symbol: "none", lineStyle: {color: t.ink, type: "dashed", width: 1},
          label: {formatter: "memory's limit", color: t.soft, fontSize: 11, position: "start", distance: 3},
          data: [{xAxis: 1}],
        },
      }],
    }));
  }

  /* ---- growth ---- */
  const lineStyles = ["solid", "dashed", "dotted"], symbols = ["circle", "rect", "triangle", "diamond"];
  const growth = (panel, title) => {
    const line = panel.lines.find(each => each.title === title);
    return line.exponent === null ? "" : `  ${panel.parameter}^${line.exponent.toFixed(2)}`;
  };
  for (const panel of data.curves) {
    const figure = element("figure", $("curves"));
    const caption = element("figcaption", figure, "Against " + panel.parameter + " ");
    element("small", caption, panel.title);
    const all = panel.lines.flatMap(line => line.points);
    const xs = all.map(point => point[0]), ys = all.map(point => point[1]);
    chart(figure, 330, "Time of a query against " + panel.parameter + ": " + panel.lines.map(line => line.title).join(", "), (t, width) => ({
      ...common(t),
      ...zoom({}),
      legend: {bottom: 0, textStyle: {color: t.ink, fontSize: 11.5}, itemHeight: 9, itemWidth: 22, formatter: name => name + growth(panel, name)},
      grid: {left: 58, right: 22, top: 14, bottom: 66 + 22 * Math.ceil(panel.lines.length * 215 / width)},
      xAxis: axis(t, {type: "log", name: panel.parameter, nameGap: 24, min: Math.min(...xs) / 1.15, max: Math.max(...xs) * 1.15,
        splitLine: {show: false}, axisTick: {show: true, lineStyle: {color: t.line}, customValues: [...new Set(xs)]},
        axisLabel: {customValues: [...new Set(xs)], formatter: count}, axisLine: {show: true, lineStyle: {color: t.line}}}),
      yAxis: axis(t, {type: "log", min: floor10(Math.min(...ys)), max: ceil10(Math.max(...ys)), axisLabel: logLabel(roundTime)}),
      series: panel.lines.map((line, i) => ({
        type: "line", name: line.title, data: line.points, symbol: symbols[i % symbols.length], symbolSize: 7,
        color: colour(line), lineStyle: {width: 2, type: line.subject === "slate" ? "solid" : lineStyles[1 + i % 2]},
        tooltip: {formatter: p => `<b>${escaped(line.title)}</b><br>${panel.parameter} = ${count(p.value[0])}: ${time(p.value[1])}`},
      })),
    }));
  }
  $("curvesSection").hidden = data.curves.length === 0;

  /* ---- roofline ---- */
  for (const roof of data.rooflines) {
    const figure = element("figure", $("rooflines"));
    const caption = element("figcaption", figure, roof.title + " ");
    element("small", caption, `memory ${digits(roof.stream_gb_per_s)} GB/s, arithmetic ${digits(roof.peak)} bn attributes/s`);
    const ys = roof.points.map(point => point.rate);
    const subjects = [...new Set(roof.points.map(point => point.title))];
    const right = Math.max(1000, ...roof.points.map(point => 4 * point.reuse));
    const edge = roof.peak / (roof.stream_gb_per_s / 4);
    chart(figure, 360, "Roofline: " + roof.points.map(point => `${point.title} ${digits(point.rate)}`).join(", "), (t, width) => ({
      ...common(t),
      ...zoom({}),
      legend: {bottom: 0, data: subjects, textStyle: {color: t.ink, fontSize: 11.5}, itemHeight: 9, itemWidth: 14},
      grid: {left: 58, right: 20, top: 14, bottom: 48 + 22 * Math.ceil(subjects.length * 190 / width)},
      xAxis: axis(t, {type: "log", name: "uses of an attribute", nameGap: 24, min: .5, max: right, axisLabel: logLabel(count), axisLine: {show: true, lineStyle: {color: t.line}}, splitLine: {show: false}}),
      yAxis: axis(t, {type: "log", name: "bn attributes/s", nameGap: 40, min: floor10(Math.min(...ys, roof.stream_gb_per_s / 8)), max: ceil10(Math.max(...ys, roof.peak)),
        axisLabel: logLabel(v => String(Number(v.toPrecision(1))))}),
      series: [
        {
          type: "line", name: "roof", symbol: "none", silent: true, color: t.ink, lineStyle: {width: 1.5, color: t.ink}, z: 1,
          areaStyle: {color: t.ink, opacity: .04, origin: "start"},
          data: [[.5, roof.stream_gb_per_s / 8], [edge, roof.peak], [Math.max(right, edge), roof.peak]],
        },
        ...subjects.map((title, i) => ({
          type: "scatter", name: title, symbol: symbols[i % symbols.length], symbolSize: 10, z: 3,
          color: colour(roof.points.find(point => point.title === title)),
          itemStyle: {borderColor: t.paper, borderWidth: 1},
          data: roof.points.filter(point => point.title === title).map(point => ({value: [point.reuse, point.rate], group: point.group})),
          tooltip: {formatter: p => `<b>${escaped(title)}</b><br>${escaped(p.data.group)}<br>${digits(p.value[1])} bn attributes/s`},
        })),
      ],
    }));
  }

  /* ---- table ---- */
  const COLUMNS = [
    ["", "title", String, "text"], ["distribution", "distribution", String, "text"], ["metric", "metric", String, "text"],
    ["n", "n", count], ["d", "d", String], ["k", "k", String], ["density", "density", String], ["queries", "queries", String], ["threads", "threads", String],
    ["p50", "p50_us", time], ["p99", "p99_us", time], ["spread", "spread", percent], ["forks", "forks", String],
    ["GB/s", "gb_per_s", digits], ["stream", "stream_share", share], ["peak", "peak_share", share],
    ["B/op", "bytes_per_op", many], ["recall", "recall", v => v === 1 ? "1" : v.toFixed(3)],
    ["build", "build_us", time], ["limited by", "limit", String, "text"],
  ].filter(([, key]) => !["density", "threads", "queries", "distribution", "metric"].includes(key) || new Set(data.rows.map(row => row[key])).size > 1);
  data.rows.forEach(row => { row.build_us = row.facts.build === undefined ? null : 1000 * row.facts.build; });
  let sorted = {key: null, up: true};
  function table() {
    const rows = [...data.rows];
    if (sorted.key) {
      const order = (a, b) => a === null ? 1 : b === null ? -1 : typeof a === "string" ? a.localeCompare(b) : a - b;
      rows.sort((a, b) => (sorted.up ? 1 : -1) * order(a[sorted.key], b[sorted.key]));
    }
    const head = element("tr", null), body = element("tbody", null);
    for (const [name, key, , className] of COLUMNS) {
      const cell = element("th", head, undefined, className);
      if (sorted.key === key) cell.setAttribute("aria-sort", sorted.up ? "ascending" : "descending");
      const button = element("button", cell, name || "subject");
      button.type = "button";
      button.onclick = () => {
        sorted = {key, up: sorted.key === key ? !sorted.up : true};
        table();
        $("rows").querySelectorAll("th button")[COLUMNS.findIndex(column => column[1] === key)].focus();
      };
    }
    for (const row of rows) {
      const line = element("tr", body);
      for (const [, key, words, className] of COLUMNS) {
        const value = row[key];
        const cell = element("td", line, undefined, className);
        if (key === "title") element("span", cell, undefined, "swatch").style.background = colour(row);
        cell.append(value === null || value === undefined ? "-" : words(value));
        if (key === "spread" && value > .15 || key === "recall" && value < 1) cell.classList.add("bad");
      }
    }
    const thead = document.createElement("thead");
    thead.append(head);
    $("rows").replaceChildren(thead, body);
  }

  /* ---- words around ---- */
  $("where").textContent = data.where + " · " + data.machine.time.replace("T", " ").replace("Z", " UTC")
    + (data.machine.commit ? " · commit " + data.machine.commit + (data.machine.dirty ? " with changes" : "") : "");
  const command = data.machine.command.replace(/(^|' |=\S+ )slate /, "$1./slate ");
  $("command").textContent = command;
  $("copy").onclick = async () => {
    await navigator.clipboard.writeText(command);
    $("copy").textContent = "Copied";
    setTimeout(() => { $("copy").textContent = "Copy"; }, 1500);
  };
  data.missing.forEach(line => element("li", $("missing"), line));
  $("missingSection").hidden = data.missing.length === 0;
  for (const [name, value] of Object.entries(data.machine)) {
    const row = element("tr", $("machine"));
    element("th", row, name.replace(/_/g, " "));
    const cell = element("td", row);
    if (name === "data") {
      for (const file of value) {
        const part = element("div", cell, file.name + " ");
        element("br", part);
        element("code", part, "sha256 " + file.sha256);
        element("br", part);
        element("code", part, "./" + file.command);
      }
    } else {
      cell.textContent = name === "memory_bytes" ? bytes(value) : Array.isArray(value) ? value.join(" ") : String(value);
    }
  }

  const drawAll = () => { charts.forEach(draw); table(); };
  drawAll();
  dark.addEventListener("change", drawAll);
  let waiting = 0, width = innerWidth;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (innerWidth !== width) { width = innerWidth; charts.forEach(draw); } }, 120);
  });
  document.documentElement.dataset.ready = charts.length;
})();
