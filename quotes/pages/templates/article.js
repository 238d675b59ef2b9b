"use strict";
(() => {
  const text = document.querySelector(".text");
  const notes = [...document.querySelectorAll(".note")];
  const buttons = [...document.querySelectorAll(".legend [data-group]")];
  const dialog = document.getElementById("help");
  const state = document.getElementById("state");
  const clear = document.getElementById("clear");
  const keys = document.getElementById("keys");
  const parts = new Map(notes.map((note) => [note.dataset.q, []]));
  for (const part of text.querySelectorAll(".paragraph [data-q]")) parts.get(part.dataset.q).push(part);
  const markOf = (number) => (parts.get(number) || []).find((part) => part.id);
  const noteOf = (number) => document.getElementById("note-" + number);
  const all = state.textContent;
  let current = null;

  // The notes stand beside the words that they are about, and below each other where those are close. Where they
  // would be driven too far from them, all but the current one are cut to their first lines.
  function align() {
    const wide = getComputedStyle(text).getPropertyValue("--margin").trim() === "beside";
    text.classList.toggle("aligned", wide);
    text.classList.remove("dense");
    text.style.minHeight = "";
    if (!wide) return;
    if (place() > 240) {
      text.classList.add("dense");
      place();
    }
  }

  // Returns how far from its words a note had to be put.
  function place() {
    const top = text.getBoundingClientRect().top;
    const seen = notes.filter((note) => !note.hidden && markOf(note.dataset.q));
    const wanted = seen.map((note) => markOf(note.dataset.q).getClientRects()[0].top - top);
    const heights = seen.map((note) => note.offsetHeight);
    const order = seen.map((_, at) => at).sort((a, b) => wanted[a] - wanted[b] || a - b);
    const gap = text.classList.contains("dense") ? 4 : 14;
    let free = 0, furthest = 0;
    for (const at of order) {
      const found = Math.max(wanted[at], free);
      furthest = Math.max(furthest, found - wanted[at]);
      seen[at].style.top = found + "px";
      free = found + heights[at] + gap;
    }
    text.style.minHeight = free + "px";
    return furthest;
  }

  function light(number, chosen) {
    for (const part of document.querySelectorAll(".hot")) part.classList.remove("hot");
    if (chosen || !number) choose(number);
    if (!number || !parts.has(number)) return;
    for (const part of parts.get(number)) part.classList.add("hot");
    noteOf(number).classList.add("hot");
  }

  function choose(number) {
    if (current) noteOf(current).classList.remove("current");
    current = number;
    if (number) noteOf(number).classList.add("current");
    if (text.classList.contains("dense")) place();
  }

  function filter() {
    const chosen = {};
    for (const button of buttons)
      if (button.getAttribute("aria-pressed") === "true")
        (chosen[button.dataset.group] ||= []).push(button.dataset.value);
    let count = 0;
    for (const note of notes) {
      const fits = Object.entries(chosen).every(([group, values]) =>
        note.dataset[group].split(" ").some((value) => values.includes(value)));
      note.hidden = !fits;
      count += fits;
      for (const part of parts.get(note.dataset.q)) {
        part.classList.toggle("off", !fits);
        if (part.id) part.tabIndex = fits ? 0 : -1;
      }
    }
    const some = Object.keys(chosen).length > 0;
    state.textContent = some ? count + " of " + all : all;
    clear.hidden = !some;
    if (current && noteOf(current).hidden) light(null);
    align();
  }

  function press(button, pressed) {
    button.setAttribute("aria-pressed", String(pressed));
  }

  function showAll() {
    for (const button of buttons) press(button, false);
    filter();
  }

  function go(step) {
    const seen = notes.filter((note) => !note.hidden && markOf(note.dataset.q)).map((note) => note.dataset.q);
    if (!seen.length) return;
    const at = seen.indexOf(current);
    const next = at < 0 ? (step > 0 ? 0 : seen.length - 1) : (at + step + seen.length) % seen.length;
    const mark = markOf(seen[next]);
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
  }

  function why() {
    const details = current && noteOf(current).querySelector("details");
    if (details) details.open = !details.open;
  }

  function alone() {
    if (!current) return;
    const speakers = noteOf(current).dataset.speaker.split(" ");
    const wanted = buttons.filter((one) => one.dataset.group === "speaker" && speakers.includes(one.dataset.value));
    const before = wanted.every((one) => one.getAttribute("aria-pressed") === "true");
    for (const button of buttons) press(button, !before && wanted.includes(button));
    filter();
  }

  const held = { n: () => go(1), j: () => go(1), p: () => go(-1), k: () => go(-1), o: why, s: alone };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "?") dialog.showModal();
    else if (event.key === "Escape") {
      light(null);
      if (document.activeElement.closest(".paragraph, .note")) document.activeElement.blur();
      showAll();
    } else if (event.key === "Enter" && event.target.closest("mark")) why();
    else if (held[event.key]) held[event.key]();
    else return;
    event.preventDefault();
  });

  function atHash() {
    let mark = null;
    try {
      mark = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch { /* what is no address of anything leads nowhere */ }
    if (!mark || !mark.dataset.q) return;
    if (noteOf(mark.dataset.q).hidden) showAll();
    light(mark.dataset.q, true);
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
  }

  for (const button of buttons) {
    button.disabled = false;
    button.addEventListener("click", () => {
      press(button, button.getAttribute("aria-pressed") !== "true");
      filter();
    });
  }
  keys.hidden = false;
  keys.addEventListener("click", () => dialog.showModal());
  clear.addEventListener("click", showAll);
  for (const kind of ["focusin", "mouseover", "click"])
    text.addEventListener(kind, (event) => {
      const part = event.target.closest("[data-q]");
      if (part && !part.classList.contains("off")) light(part.dataset.q, kind !== "mouseover");
    });
  text.addEventListener("toggle", align, true);
  addEventListener("resize", align);
  addEventListener("hashchange", atHash);
  document.fonts.ready.then(align);
  align();
  atHash();
})();
