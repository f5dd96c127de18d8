"use strict";
/* What a visitor of the page does, and what she sees. */
(() => {
  const seen = document.createElement("pre");
  seen.id = "seen";
  document.body.prepend(seen);
  const note = text => seen.append(text + "\n");
  const blobs = new Map(), address = URL.createObjectURL.bind(URL);
  URL.createObjectURL = blob => {
    const url = address(blob);
    blobs.set(url, blob);
    return url;
  };
  HTMLAnchorElement.prototype.click = async function () {
    const blob = blobs.get(this.href);
    note(`saved: ${this.download} ${blob ? `${blob.type} ${(await blob.text()).slice(0, 20)}` : this.href.slice(0, 22)}`);
  };
  const $ = id => document.getElementById(id);
  function choose(id, value) {
    $(id).value = value;
    $(id).dispatchEvent(new Event("change"));
  }
  function visit() {
    choose("x", 3);
    choose("y", 2);
    const figure = document.querySelector("#paths figure");
    note("figure: " + figure.querySelector("svg").getAttribute("aria-label"));
    const star = figure.querySelector(".star").getBoundingClientRect();
    figure.dispatchEvent(new MouseEvent("mousemove", {clientX: star.x + star.width / 2, clientY: star.y + star.height / 2}));
    note("tip: " + ($("tip").hidden ? "" : $("tip").textContent));
    figure.querySelector("[data-as=svg]").click();
    figure.querySelector("[data-as=png]").click();
    $("play").click();
    setTimeout(() => note("playing: " + $("stepText").textContent), 700);
    setTimeout(() => note("played: " + $("stepText").textContent), 4000);
  }
  const wait = setInterval(() => {
    if (document.body.dataset.ready) {
      clearInterval(wait);
      visit();
    }
  }, 50);
})();
