"use strict";
/* Every figure is a function of (state, theme) to SVG text, so that what is saved is what is seen. */
(async () => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = id => document.getElementById(id);
  const esc = s => String(s).replace(/[&<>"]/g, c => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})[c]);
  const words = s => esc(String(s).replace(/_/g, " "));
  const num = (v, digits = 3) => v === null || v === undefined || !isFinite(v) ? "" : Number(v).toFixed(digits);

  const THEMES = {
    light: {paper: "#ffffff", ink: "#1d232b", soft: "#667180", line: "#e3e8ee", item: "#9aa5b1", star: "#0b62c4", density: [11, 98, 196],
      runs: ["#0072b2", "#d55e00", "#009e73", "#c1569a", "#b27a00", "#3a9ad9", "#7a5cc7", "#8c6d31", "#777777", "#b0413e"]},
    dark: {paper: "#181d24", ink: "#e8ecf1", soft: "#97a3b2", line: "#2b333d", item: "#66717f", star: "#6db3ff", density: [109, 179, 255],
      runs: ["#5cb3f0", "#ff8f50", "#3fcf9f", "#ea9fcb", "#f2bd4b", "#9ad6f7", "#b3a1f2", "#cfae6c", "#b5b5b5", "#ee8682"]},
  };
  const runColour = (i, t) => t.runs[i % t.runs.length];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const theme = () => THEMES[dark.matches ? "dark" : "light"];
  const userColour = u => `hsl(${(u * 137.508) % 360} ${55 + (u % 3) * 10}% ${46 + (u % 4) * 5}%)`;

  async function unpack(text, Type) {
    const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Type(await new Response(stream).arrayBuffer());
  }
  for (const run of data.runs) {
    run.path = await unpack(run.paths, Int16Array);
    run.pick = await unpack(run.picks, Int32Array);
    if (run.density) run.map = await unpack(run.density.maps, Uint8Array);
  }

  const attributes = data.attributes, d = attributes.length, kept = data.users.kept, frames = data.runs[0].frames;
  const span = data.scale, at = (run, frame, user, j) => run.path[(frame * kept + user) * d + j] / 32767 * span;
  const lastFrame = run => run.frames.length - 1;
  const longest = data.runs.reduce((a, run) => run.frames.length > a.length ? run.frames : a, frames);
  const state = {x: 0, y: Math.min(1, d - 1), frame: longest.length - 1, paths: true, density: true, items: true, poles: true};
  /* A stray impression of a random slate is no advertisement. */
  const sells = run => (run.metrics.advertisement_impressions?.mean.at(-1) ?? 0) > .01;
  const promoted = data.advertisement && data.runs.some(sells) ? data.advertisement : null;

  /* ---- paths ---- */
  const SIZE = 420, PAD = 34;
  const scale = (v, size = SIZE, pad = PAD) => pad + (v / span + 1) / 2 * (size - 2 * pad);

  const bubbleCache = new Map();
  function bubbles(x, y) {
    const key = x + ":" + y;
    if (!bubbleCache.has(key)) {
      const merged = new Map();
      data.points.forEach((p, index) => {
        const place = p.at[x] + ":" + p.at[y];
        if (!merged.has(place)) merged.set(place, {x: p.at[x], y: p.at[y], count: 0, points: []});
        const bubble = merged.get(place);
        bubble.count += p.count;
        bubble.points.push(index);
      });
      const list = [...merged.values()];
      const most = Math.max(...list.map(b => b.count));
      list.forEach(b => { b.share = Math.sqrt(b.count / most); });
      bubbleCache.set(key, list);
    }
    return bubbleCache.get(key);
  }
  const circlePath = (cx, cy, r) => `M${(cx - r).toFixed(1)} ${cy.toFixed(1)}a${r.toFixed(2)} ${r.toFixed(2)} 0 1 0 ${(2 * r).toFixed(2)} 0a${r.toFixed(2)} ${r.toFixed(2)} 0 1 0 ${(-2 * r).toFixed(2)} 0`;
  /* Places of items, all of one size, darker where there are more items; five shades, lightest first. */
  function itemMarks(x, y, size, pad, radius, t) {
    const list = bubbles(x, y), r = list.length > 400 ? Math.max(.7, radius * .3) : radius;
    return [.2, .4, .6, .8, 1].map((most, i) => {
      const path = list.filter(b => b.share <= most && (i === 0 || b.share > most - .2))
        .map(b => circlePath(scale(b.x, size, pad), size - scale(b.y, size, pad), r)).join("");
      return path ? `<path class="items" d="${path}" fill="${t.item}" fill-opacity="${(.1 + .75 * most).toFixed(2)}"/>` : "";
    }).join("");
  }
  /* Items at which users have settled: within a quarter of a level of one, in all attributes. */
  const SETTLED = .25, poleCache = new Map();
  function poles(run, frame, x, y) {
    const key = data.runs.indexOf(run) + ":" + frame;
    if (!poleCache.has(key)) {
      const list = [];
      for (let user = 0; user < kept; user++) {
        const p = attributes.map((_, j) => at(run, frame, user, j));
        let best = SETTLED ** 2, pole = -1;
        data.points.forEach((point, index) => {
          let squares = 0;
          for (let j = 0; j < d && squares <= best; j++) squares += (point.at[j] - p[j]) ** 2;
          if (squares <= best) { best = squares; pole = index; }
        });
        if (pole >= 0) list.push(pole);
      }
      poleCache.set(key, list);
    }
    const merged = new Map();
    for (const index of poleCache.get(key)) {
      const place = data.points[index].at[x] + ":" + data.points[index].at[y];
      if (!merged.has(place)) merged.set(place, {x: data.points[index].at[x], y: data.points[index].at[y], count: 0});
      merged.get(place).count++;
    }
    return [...merged.values()];
  }
  function starPath(cx, cy, r) {
    let path = "";
    for (let i = 0; i < 10; i++) {
      const a = Math.PI * i / 5 - Math.PI / 2, s = i % 2 ? r * .42 : r;
      path += (i ? "L" : "M") + (cx + s * Math.cos(a)).toFixed(2) + " " + (cy + s * Math.sin(a)).toFixed(2);
    }
    return path + "Z";
  }
  function userPath(run, user, frame, x, y, size, pad) {
    let path = "";
    for (let f = 0; f <= frame; f++) {
      path += (f ? "L" : "M") + scale(at(run, f, user, x), size, pad).toFixed(1) + " " + (size - scale(at(run, f, user, y), size, pad)).toFixed(1);
    }
    return path;
  }
  const crossPath = (cx, cy, r) => `M${(cx - r).toFixed(1)} ${(cy - r).toFixed(1)}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`;

  function densityImage(run, frame, x, y, t, size, pad) {
    const density = run.density, step = run.frames[frame];
    let shown = 0;
    density.steps.forEach((s, i) => { if (s <= step) shown = i; });
    const a = Math.min(x, y), b = Math.max(x, y), cells = density.cells;
    const pair = a * d - a * (a + 1) / 2 + (b - a - 1), pairs = d * (d - 1) / 2;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = cells;
    const context = canvas.getContext("2d"), image = context.createImageData(cells, cells);
    const from = (shown * pairs + pair) * cells * cells;
    for (let row = 0; row < cells; row++) {
      for (let column = 0; column < cells; column++) {
        const value = x < y ? run.map[from + row * cells + column] : run.map[from + column * cells + row];
        image.data.set([...t.density, Math.round(value * .9)], ((cells - 1 - row) * cells + column) * 4);
      }
    }
    context.putImageData(image, 0, 0);
    const low = scale(-1, size, pad), side = scale(1, size, pad) - low;
    return `<image class="density" x="${low}" y="${size - low - side}" width="${side}" height="${side}" preserveAspectRatio="none" href="${canvas.toDataURL()}"/>`;
  }

  function scatter(run, s, t) {
    const frame = Math.min(s.frame, lastFrame(run)), {x, y} = s, parts = [];
    const many = kept > 60;
    parts.push(`<rect width="${SIZE}" height="${SIZE}" fill="${t.paper}"/>`);
    for (const v of [-1, -.5, 0, .5, 1]) {
      const p = scale(v), strong = v === 0 ? 1 : .6;
      parts.push(`<path d="M${p} ${PAD - 6}V${SIZE - PAD + 6}M${PAD - 6} ${SIZE - p}H${SIZE - PAD + 6}" stroke="${t.line}" stroke-width="${strong}" fill="none"/>`);
      parts.push(`<text x="${p}" y="${SIZE - 14}" text-anchor="middle" font-size="10" fill="${t.soft}">${v}</text><text x="22" y="${SIZE - p + 3.5}" text-anchor="end" font-size="10" fill="${t.soft}">${v}</text>`);
    }
    parts.push(`<text x="${SIZE / 2}" y="${SIZE - 2}" text-anchor="middle" font-size="11.5" fill="${t.ink}">${words(attributes[x])}</text>`);
    parts.push(`<text transform="translate(12 ${SIZE / 2}) rotate(-90)" text-anchor="middle" font-size="11.5" fill="${t.ink}">${words(attributes[y])}</text>`);
    if (run.density && s.density && x !== y) parts.push(densityImage(run, frame, x, y, t, SIZE, PAD));
    if (s.items) parts.push(itemMarks(x, y, SIZE, PAD, 6.5, t));
    if (s.poles) for (const pole of poles(run, frame, x, y)) parts.push(`<circle class="pole" cx="${scale(pole.x).toFixed(1)}" cy="${(SIZE - scale(pole.y)).toFixed(1)}" r="${(8 + 2.5 * Math.sqrt(pole.count)).toFixed(1)}" fill="none" stroke="${t.soft}" stroke-width="1.2"/>`);
    for (let user = 0; user < kept; user++) {
      const colour = userColour(user);
      if (s.paths) parts.push(`<path class="user" d="${userPath(run, user, frame, x, y, SIZE, PAD)}" fill="none" stroke="${colour}" stroke-width="${many ? .8 : 1.5}" stroke-opacity="${many ? .45 : .8}" stroke-linejoin="round"/>`);
      parts.push(`<path class="end" d="${crossPath(scale(at(run, frame, user, x)), SIZE - scale(at(run, frame, user, y)), many ? 2 : 4)}" fill="none" stroke="${colour}" stroke-width="${many ? 1 : 2}"/>`);
    }
    if (promoted) {
      const ad = promoted.at;
      parts.push(`<path class="star" d="${starPath(scale(ad[x]), SIZE - scale(ad[y]), 10)}" fill="${t.star}" stroke="${t.paper}" stroke-width="1.2"/>`);
    }
    return svg(SIZE, SIZE, parts, `${run.selector}: ${attributes[x]} and ${attributes[y]} after step ${run.frames[frame]}`);
  }
  function multiple(run, x, y, frame, t) {
    const size = 150, pad = 12, parts = [];
    parts.push(`<rect x=".5" y=".5" width="${size - 1}" height="${size - 1}" rx="5" fill="${t.paper}" stroke="${t.line}"/>`);
    if (run.density && state.density) parts.push(densityImage(run, frame, x, y, t, size, pad));
    parts.push(itemMarks(x, y, size, pad, 2.6, t).replaceAll('class="items" ', ""));
    let lines = "", ends = "";
    for (let user = 0; user < kept; user++) {
      lines += userPath(run, user, frame, x, y, size, pad);
      ends += crossPath(scale(at(run, frame, user, x), size, pad), size - scale(at(run, frame, user, y), size, pad), 1.6);
    }
    const colour = runColour(data.runs.indexOf(run), t);
    parts.push(`<path class="users" d="${lines}" fill="none" stroke="${colour}" stroke-width=".7" stroke-opacity="${kept > 60 ? .3 : .7}"/><path d="${ends}" fill="none" stroke="${t.ink}" stroke-width=".9"/>`);
    if (promoted) parts.push(`<path d="${starPath(scale(promoted.at[x], size, pad), size - scale(promoted.at[y], size, pad), 5)}" fill="${t.star}"/>`);
    return svg(size, size, parts, `${attributes[x]} and ${attributes[y]}`);
  }
  const svg = (w, h, parts, label) =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" role="img" aria-label="${esc(label)}" font-family="system-ui, sans-serif">${parts.join("")}</svg>`;

  /* ---- curves ---- */
  function ticks(low, high) {
    const rough = (high - low) / 4, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map(m => m * power).find(s => s >= rough);
    const list = [];
    for (let v = Math.ceil(low / step - 1e-9) * step; v <= high + step * 1e-9; v += step) list.push(Math.abs(v) < step * 1e-9 ? 0 : v);
    return list;
  }
  function curve(metric, s, t) {
    const W = 300, H = 202, L = 42, R = 10, T = 10, B = 36, parts = [];
    const series = data.runs.map(run => ({...run.metrics[metric], at: run.measured}));
    const all = series.flatMap(c => [...c.mean, ...(c.low || []), ...(c.high || [])]).filter(v => v !== null);
    let low = Math.min(...all), high = Math.max(...all);
    if (!all.length) { low = 0; high = 1; }
    if (high - low < 1e-9) { low -= .5; high += .5; }
    if (low > 0 && low < (high - low)) low = 0;
    const steps = Math.max(1, ...series.map(c => c.at.at(-1)));
    const px = step => L + step / steps * (W - L - R), py = v => T + (high - v) / (high - low) * (H - T - B);
    parts.push(`<rect width="${W}" height="${H}" fill="${t.paper}"/>`);
    const marks = ticks(low, high), gap = marks.length > 1 ? marks[1] - marks[0] : 1;
    const digits = [0, 1, 2, 3, 4, 5].find(n => Math.abs(gap * 10 ** n - Math.round(gap * 10 ** n)) < 1e-6) ?? 5;
    for (const v of marks) parts.push(`<path d="M${L} ${py(v)}H${W - R}" stroke="${t.line}"/><text x="${L - 6}" y="${py(v) + 3.5}" text-anchor="end" font-size="10" fill="${t.soft}">${v.toFixed(digits)}</text>`);
    for (const v of ticks(0, steps).filter(Number.isInteger)) parts.push(`<text x="${px(v)}" y="${H - 21}" text-anchor="middle" font-size="10" fill="${t.soft}">${v}</text>`);
    parts.push(`<text x="${(L + W - R) / 2}" y="${H - 7}" text-anchor="middle" font-size="10" fill="${t.soft}">step</text>`);
    const line = (values, at) => values.map((v, i) => v === null ? "" : (i === 0 || values[i - 1] === null ? "M" : "L") + px(at[i]).toFixed(1) + " " + py(v).toFixed(1)).join("");
    series.forEach((c, i) => {
      const colour = runColour(i, t);
      if (c.low) {
        const known = c.low.map((v, k) => v === null ? -1 : k).filter(k => k >= 0);
        const band = known.map(k => `${px(c.at[k]).toFixed(1)} ${py(c.high[k]).toFixed(1)}`).concat(known.reverse().map(k => `${px(c.at[k]).toFixed(1)} ${py(c.low[k]).toFixed(1)}`));
        if (band.length) parts.push(`<path class="band" d="M${band.join("L")}Z" fill="${colour}" fill-opacity=".18"/>`);
      }
      parts.push(`<path class="curve" d="${line(c.mean, c.at)}" fill="none" stroke="${colour}" stroke-width="1.8" stroke-linejoin="round"/>`);
    });
    const now = px(Math.min(steps, longest[s.frame]));
    parts.push(`<path d="M${now.toFixed(1)} ${T}V${H - B}" stroke="${t.soft}" stroke-dasharray="2 3"/>`);
    return svg(W, H, parts, series[0].title);
  }
  /* What each author made, and her part of what one selector showed and users picked. As wide as the screen allows. */
  function bars(audit, run, t) {
    const of = new Map(run.authors.map(a => [a.author, a])), part = (name, key) => of.get(name)?.[key] || 0;
    const most = v => Math.max(v.share, part(v.author, "impressions"), part(v.author, "picks"));
    const rows = [...audit.volumes].sort((a, b) => most(b) - most(a)).slice(0, 12);
    const page = Math.min(1240, document.documentElement.clientWidth) - 94;
    const columns = Math.max(1, Math.min(data.runs.length, Math.floor((page + 18) / 398)));
    const W = Math.max(270, Math.min(560, (page + 18) / columns - 18)), narrow = W < 500;
    const row = 30, L = narrow ? 104 : 130, R = narrow ? 124 : 246, H = rows.length * row + 8, parts = [];
    const scale = most(rows[0]) || 1, percent = v => (100 * v).toFixed(1);
    parts.push(`<rect width="${W}" height="${H}" fill="${t.paper}"/>`);
    rows.forEach((v, i) => {
      const y = i * row + 4, wide = s => Math.max(1, s / scale * (W - L - R)), named = audit.culprits.includes(v.author);
      const shown = part(v.author, "impressions"), picked = part(v.author, "picks");
      const name = v.author.length > 16 ? v.author.slice(0, 15) + "…" : v.author;
      parts.push(`<text x="${L - 8}" y="${y + 15}" text-anchor="end" font-size="11.5" font-weight="${named ? 700 : 400}" fill="${t.ink}">${esc(name)}</text>`);
      parts.push(`<rect class="bar" x="${L}" y="${y}" width="${wide(v.share)}" height="7" fill="${t.item}"/><rect x="${L}" y="${y + 8}" width="${wide(shown)}" height="7" fill="${t.star}"/><rect x="${L}" y="${y + 16}" width="${wide(picked)}" height="7" fill="${t.ink}"/>`);
      const numbers = narrow ? `${percent(v.share)} · ${percent(shown)} · ${percent(picked)} %` : `${percent(v.share)} % made, ${percent(shown)} % shown, ${percent(picked)} % picked`;
      parts.push(`<text x="${L + wide(most(v)) + 6}" y="${y + 15}" font-size="10.5" fill="${t.soft}">${numbers}</text>`);
    });
    return svg(W, H, parts, `items, impressions and picks by author: ${run.selector}`);
  }

  /* ---- the page ---- */
  const figures = [];
  function figure(parent, caption, file, draw) {
    const element = document.createElement("figure");
    element.innerHTML = `<figcaption><span>${caption}</span><span class="save"><button type="button" data-as="svg">SVG</button> <button type="button" data-as="png">PNG</button></span></figcaption><div class="drawing"></div>`;
    parent.append(element);
    element.querySelector(".save").addEventListener("click", event => {
      const as = event.target.dataset.as;
      event.stopPropagation();
      if (as) save(draw(THEMES.light), file(), as);
    });
    const entry = {element, render: () => { element.querySelector(".drawing").innerHTML = draw(theme()); }};
    figures.push(entry);
    return element;
  }
  function save(text, name, as) {
    const download = url => Object.assign(document.createElement("a"), {href: url, download: `${name}.${as}`}).click();
    const url = URL.createObjectURL(new Blob([text], {type: "image/svg+xml"}));
    if (as === "svg") { download(url); return; }
    const image = new Image(), [, , w, h] = text.match(/viewBox="([^"]*)"/)[1].split(" ").map(Number);
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = w * 3; canvas.height = h * 3;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      download(canvas.toDataURL("image/png"));
    };
    image.width = w * 3; image.height = h * 3; image.src = url;
  }
  const swatch = i => `<span class="swatch" style="background:${runColour(i, theme())}"></span>`;

  /* What was asked for beyond the plain model and the plain rules. */
  const PLAIN = {gamma: .025, noise: .15, clamp: 1, alpha: .5, beta: 3, relevance: 0, like: 0, dislike: 0, double_like: 0, boredom: 0, recovery: .2, estimate: false, gamers: 0, leaving: 0, wariness: 0, advertisement_disclosed: true};
  const RULES = ["per_author", "collapse_duplicates", "upload_limit", "deny_author", "moderate"];
  function switches(s) {
    const value = v => v === true ? "" : v === false ? ": no" : " " + (Array.isArray(v) ? v.join(", ") : typeof v === "object" ? Object.entries(v).map(([k, m]) => `${k} at most ${m}`).join(", ") : v);
    const used = Object.keys(PLAIN).filter(k => k in s && s[k] !== PLAIN[k]).concat(RULES.filter(k => k in s));
    return used.length ? `<br><b>With ${used.map(k => words(k) + esc(value(s[k]))).join(" · ")}</b>` : "";
  }

  function head() {
    const s = data.settings, several = data.runs.length > 1;
    $("title").textContent = several ? data.runs.map(r => r.selector).join(", ") : data.runs[0].selector;
    document.title = "Slate: " + $("title").textContent;
    $("setting").innerHTML = `${data.runs.length === 1 ? esc(data.runs[0].description) + " · " : ""}${Number(s.users).toLocaleString("en")} users · ${s.steps} steps · slates of ${s.slate} · ${Number(s.items).toLocaleString("en")} items (${esc(s.catalog)}) · seed ${s.seed}${s.replications > 1 ? ` · ${s.replications} replications; ± is half a 95 % confidence interval` : ""}${switches(s)}`;
    $("notes").innerHTML = (data.notes || []).map(note => `<p class="note">${esc(note)}</p>`).join("");
    const names = Object.keys(data.runs[0].metrics);
    $("final").classList.toggle("several", several);
    $("final").innerHTML = `<thead><tr><th></th>${several ? "" : "<th>start</th>"}${data.runs.map((r, i) => `<th>${swatch(i)}${esc(r.selector)}</th>${r.difference ? `<th><small>minus ${esc(data.runs[0].selector)}</small></th>` : ""}`).join("")}</tr></thead><tbody>${names.map(name => {
      const first = data.runs[0].metrics[name];
      const cell = (c, i, sign) => `<td>${sign && c.mean.at(i) > 0 ? "+" : ""}${num(c.mean.at(i))}${c.high && c.high.at(i) !== null ? ` <small>± ${num((c.high.at(i) - c.low.at(i)) / 2)}</small>` : ""}${c.replications && c.mean.at(i) !== null && c.replications.at(i) < s.replications ? ` <small>(${c.replications.at(i)} of ${s.replications})</small>` : ""}</td>`;
      return `<tr title="${esc(first.explanation)}"><td>${words(first.title)} <small>${esc(first.explanation)}</small></td>${several ? "" : cell(first, 0)}${data.runs.map(r => cell(r.metrics[name], -1) + (r.difference ? cell(r.difference.metrics[name], -1, true) : "")).join("")}</tr>`;
    }).join("")}</tbody>`;
    $("settings").innerHTML = "<tbody>" + Object.entries(s).map(([k, v]) => `<tr><td>${words(k)}</td><td>${esc(Array.isArray(v) ? v.join(", ") : typeof v === "object" ? JSON.stringify(v) : v)}</td></tr>`).join("") + "</tbody>";
    const t = theme(), icon = inner => `<svg viewBox="0 0 16 16">${inner}</svg>`;
    $("legend").innerHTML = [
      `<span class="key">${icon(`<path d="M1 12Q6 12 8 7T15 4" fill="none" stroke="${userColour(1)}" stroke-width="1.6"/>`)}a user's path${data.users.count > kept ? ` (${kept} of ${data.users.count.toLocaleString("en")})` : ""}</span>`,
      `<span class="key">${icon(`<path d="${crossPath(8, 8, 4)}" stroke="${userColour(1)}" stroke-width="2"/>`)}where she is</span>`,
      `<span class="key">${icon(`<circle cx="8" cy="8" r="5" fill="${t.item}" fill-opacity=".5"/>`)}items, darker where there are more</span>`,
      `<span class="key">${icon(`<circle cx="8" cy="8" r="6.5" fill="none" stroke="${t.soft}" stroke-width="1.2"/>`)}a pole: an item at which users have settled</span>`,
      promoted ? `<span class="key">${icon(`<path d="${starPath(8, 8, 7)}" fill="${t.star}"/>`)}the advertisement, ${esc(promoted.name)}${data.settings.advertisement_disclosed ? ", shown as such" : ", not shown as such"}</span>` : "",
    ].join("");
    if ($("auditLegend")) $("auditLegend").innerHTML = [["item", "of the items"], ["star", "of what was shown"], ["ink", "of what was picked"]].map(([colour, what]) => `<span class="key"><span class="swatch" style="background:${t[colour]}"></span>an author's share ${what}</span>`).join("");
    $("runLegend").innerHTML = data.runs.map((r, i) => `<span class="key">${swatch(i)}${esc(r.selector)}: ${esc(r.description)}</span>`).join("") + (s.replications > 1 ? '<span class="key soft">bands: 95 % confidence</span>' : "");
  }
  function build() {
    for (const id of ["x", "y"]) {
      $(id).innerHTML = attributes.map((a, j) => `<option value="${j}">${words(a)}</option>`).join("");
      $(id).addEventListener("change", () => choose(id === "x" ? +$("x").value : state.x, id === "y" ? +$("y").value : state.y));
    }
    for (const [id, key] of [["showPaths", "paths"], ["showDensity", "density"], ["showItems", "items"], ["showPoles", "poles"]]) {
      $(id).addEventListener("change", () => { state[key] = $(id).checked; render(); });
    }
    $("densityLabel").hidden = !data.runs.some(r => r.density);
    $("step").max = longest.length - 1;
    $("step").addEventListener("input", () => { stop(); state.frame = +$("step").value; render(); });
    $("play").addEventListener("click", () => timer ? stop() : play());
    data.runs.forEach((run, i) => {
      const element = figure($("paths"), swatch(i) + esc(run.selector), () => `paths-${run.selector}-${attributes[state.x]}-${attributes[state.y]}-step${run.frames[Math.min(state.frame, lastFrame(run))]}`, t => scatter(run, state, t));
      const pull = document.createElement("p");
      pull.className = "hint pull";
      element.append(pull);
      figures.push({render: () => { pull.innerHTML = pullText(run); }});
      element.addEventListener("mousemove", event => point(event, run, element));
      element.addEventListener("mouseleave", () => { $("tip").hidden = true; });
    });
    data.runs.forEach((run, i) => {
      const title = document.createElement("h3"), grid = document.createElement("div");
      title.innerHTML = swatch(i) + esc(run.selector);
      grid.className = "grid small";
      if (data.runs.length > 1) $("multiples").append(title);
      $("multiples").append(grid);
      for (let x = 0; x < d; x++) for (let y = x + 1; y < d; y++) {
        const element = figure(grid, "", () => `pair-${run.selector}-${attributes[x]}-${attributes[y]}`, t => multiple(run, x, y, Math.min(state.frame, lastFrame(run)), t));
        element.querySelector("figcaption").innerHTML = `<small>${words(attributes[x])}<br>× ${words(attributes[y])}</small>`;
        element.dataset.pair = x + ":" + y;
        element.addEventListener("click", () => { choose(x, y); $("paths").scrollIntoView({behavior: "smooth", block: "center"}); });
      }
    });
    for (const name of Object.keys(data.runs[0].metrics)) {
      const metric = data.runs[0].metrics[name];
      figure($("curves"), `${words(metric.title)}<small>${esc(metric.explanation)}</small>`, () => `curve-${name}`, t => curve(name, state, t));
    }
    const audit = data.audit;
    $("auditSection").hidden = !audit;
    if (audit) {
      $("audit").innerHTML = audit.culprits.length
        ? `<p class="named"><b>${esc(audit.culprits.join(", "))}</b> ${audit.culprits.length > 1 ? "stand" : "stands"} out, by ${esc([...new Set(Object.values(audit.evidence))].join(" and "))}${data.runs.length > 1 ? " over all selectors together" : ""}: by chance this happens less than once in a million catalogues.</p>`
        : '<p class="quiet">Nobody stands out.</p>';
      const shares = document.createElement("div");
      shares.innerHTML = '<p class="legend" id="auditLegend"></p><div class="grid wide"></div>';
      $("audit").append(shares);
      data.runs.forEach((run, i) => {
        figure(shares.lastChild, swatch(i) + esc(run.selector), () => `authors-${run.selector}`, t => bars(audit, run, t)).style.maxWidth = "600px";
      });
      const groups = document.createElement("div");
      groups.className = "scroll";
      groups.innerHTML = `<p class="hint">${audit.groupCount} groups of near-duplicates; the largest:</p><table><thead><tr><th>like</th><th>items</th><th>most by</th><th>hers</th><th>chance of that</th></tr></thead><tbody>${audit.groups.slice(0, 8).map(g => `<tr><td>${esc(g.name)}</td><td>${g.size}</td><td>${esc(g.author)}</td><td>${g.by}</td><td>${g.log10p > -4 ? num(10 ** g.log10p, 4) : "1e" + Math.round(g.log10p)}</td></tr>`).join("")}</tbody></table>`;
      $("audit").append(groups);
    }
  }
  function pullText(run) {
    if (!sells(run)) return "";
    const signed = c => `${c.mean.at(-1) > 0 ? "+" : ""}${num(c.mean.at(-1))}${c.high && c.high.at(-1) !== null ? ` ± ${num((c.high.at(-1) - c.low.at(-1)) / 2)}` : ""}`;
    return "Users came closer to the advertisement by " + [...new Set([state.x, state.y])].map(j => {
      const name = "pull_" + attributes[j], beyond = run.difference?.metrics[name];
      return `${signed(run.metrics[name])} on ${words(attributes[j])}${beyond ? ` (${signed(beyond)} against ${esc(data.runs[0].selector)})` : ""}`;
    }).join(", ") + ".";
  }
  function choose(x, y) { state.x = x; state.y = y; render(); }
  function render() {
    $("x").value = state.x; $("y").value = state.y; $("step").value = state.frame;
    $("stepText").textContent = `step ${longest[state.frame]} of ${longest.at(-1)}`;
    document.querySelectorAll("#multiples figure").forEach(f => f.classList.toggle("chosen", f.dataset.pair === Math.min(state.x, state.y) + ":" + Math.max(state.x, state.y)));
    figures.forEach(f => f.render());
  }
  let timer = 0;
  function stop() { clearInterval(timer); timer = 0; $("play").textContent = "▶"; $("play").ariaLabel = "Play"; }
  function play() {
    if (state.frame >= longest.length - 1) state.frame = -1;
    $("play").textContent = "❚❚"; $("play").ariaLabel = "Pause";
    timer = setInterval(() => {
      state.frame++;
      render();
      if (state.frame >= longest.length - 1) stop();
    }, Math.max(60, Math.min(250, 8000 / longest.length)));
  }

  /* ---- pointing ---- */
  function meme(i) {
    const picture = data.images[i.id];
    return `<div><b>${esc(i.name)}</b> by ${esc(i.author)} <span class="soft">item ${i.id}</span>${picture ? `<img alt="" src="${esc(picture)}">` : ""}</div>`;
  }
  const placeText = p => attributes.map((a, j) => `${words(a)} ${num(p[j], 2)}`).join(" · ");
  function point(event, run, element) {
    const drawing = element.querySelector("svg");
    if (!drawing) return;
    const box = drawing.getBoundingClientRect(), px = (event.clientX - box.left) / box.width * SIZE, py = (event.clientY - box.top) / box.height * SIZE;
    const frame = Math.min(state.frame, lastFrame(run)), {x, y} = state;
    let best = 10 ** 2, html = "";
    const near = (vx, vy, bonus, text) => {
      const gap = (scale(vx) - px) ** 2 + (SIZE - scale(vy) - py) ** 2 - bonus;
      if (gap < best) { best = gap; html = text; }
    };
    if (state.items) for (const b of bubbles(x, y)) near(b.x, b.y, 0, () => {
      const p = data.points[b.points[0]];
      const listed = b.points.flatMap(i => data.points[i].items).slice(0, 4);
      return listed.map(meme).join("") + (b.count > listed.length ? `<div class="soft">and ${(b.count - listed.length).toLocaleString("en")} more here</div>` : "") + `<div class="soft">${b.points.length === 1 ? placeText(p.at) : `${words(attributes[x])} ${num(b.x, 2)} · ${words(attributes[y])} ${num(b.y, 2)}`}</div>`;
    });
    if (promoted) near(promoted.at[x], promoted.at[y], 30, () => meme(promoted) + `<div class="soft">the advertisement · ${placeText(promoted.at)}</div>`);
    for (let user = 0; user < kept; user++) near(at(run, frame, user, x), at(run, frame, user, y), 20, () => {
      const pick = run.pick[frame * kept + user], picked = data.picked[pick];
      return `<b>${esc(data.users.names[user])}</b> <span class="soft">user ${user}</span><div class="soft">${placeText(attributes.map((_, j) => at(run, frame, user, j)))}</div>` + (picked ? `<div>picked ${esc(picked[0])} by ${esc(picked[1])}</div>` : "");
    });
    const tip = $("tip");
    tip.hidden = !html;
    if (html) {
      tip.innerHTML = html();
      tip.style.left = Math.min(event.pageX + 14, scrollX + innerWidth - tip.offsetWidth - 12) + "px";
      tip.style.top = Math.min(event.pageY + 14, scrollY + innerHeight - tip.offsetHeight - 12) + "px";
    }
  }

  build();
  head();
  render();
  let resized = 0;
  addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(render, 150); });
  dark.addEventListener("change", () => { head(); render(); });
  document.body.dataset.ready = "yes";
})();
