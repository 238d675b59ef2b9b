"use strict";
const shards = {};
(() => {
  const words = document.getElementById("words");
  const told = document.getElementById("told");
  const results = document.getElementById("results");
  const more = document.getElementById("more");
  const SHOWN = 30;
  const asked = {};
  let turn = 0;

  // A script and not fetch(), which does not read files beside the page.
  function load(name) {
    return (asked[name] ||= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = "search/" + name + ".js";
      script.onload = () => done(shards[name]);
      script.onerror = () => failed(new Error(name));
      document.head.append(script);
    }));
  }

  // As quotes.text.fold does it in Python: no accents, no case, plain marks.
  function fold(text) {
    return text.replace(/[’‘]/g, "'").replace(/\./g, "").normalize("NFKD").replace(/\p{M}/gu, "")
      .replace(/[ßẞ]/g, "ss").toLowerCase();
  }
  const terms = (text) => [...new Set(fold(text).match(/[\p{L}\p{N}_]+/gu) || [])];

  const keyOf = (term) => [...term].slice(0, 2).map((one) => one.codePointAt(0).toString(16)).join("-");

  function unpack(packed) {
    let place = 0;
    return packed.split(" ").map((step) => (place += parseInt(step, 36)));
  }

  // Which speakers and quotes have a word, or one that begins with it: the number of each, and how well it fits.
  async function having(term, about) {
    const key = keyOf(term);
    const keys = about.keys.split(" ");
    const wanted = key.includes("-") ? keys.filter((one) => one === key)
      : keys.filter((one) => one === key || one.startsWith(key + "-"));
    const found = new Map();
    for (const shard of await Promise.all(wanted.map((one) => load("terms-" + one))))
      for (const [word, packed] of Object.entries(shard)) {
        if (!word.startsWith(term)) continue;
        if (packed === "*") {
          if (word === term) return null;
          continue;
        }
        const weight = word === term ? 2 : 1;
        for (const place of unpack(packed)) found.set(place, Math.max(weight, found.get(place) || 0));
      }
    return found;
  }

  async function find(text) {
    const about = await load("about");
    const wanted = terms(text);
    const all = await Promise.all(wanted.map((term) => having(term, about)));
    const telling = all.filter((found) => found !== null).sort((a, b) => a.size - b.size);
    if (!telling.length) return { about, wanted, places: [], common: wanted.length > 0 };
    const places = [];
    for (const [place, weight] of telling[0]) {
      let sum = weight;
      for (const other of telling.slice(1)) {
        const one = other.get(place);
        if (!one) { sum = 0; break; }
        sum += one;
      }
      if (sum) places.push([place, sum]);
    }
    const isQuote = (place) => Number(place >= about.speakers);
    places.sort(([a, x], [b, y]) => isQuote(a) - isQuote(b) || y - x || a - b);
    return { about, wanted, places: places.map(([place]) => place), common: false };
  }

  function marked(text, wanted) {
    const holder = document.createElement("bdi");
    for (const piece of text.split(/([\p{L}\p{N}\p{M}_]+(?:[.'’][\p{L}\p{N}\p{M}_]+)*)/u)) {
      const hit = terms(piece).some((word) => wanted.some((term) => word.startsWith(term)));
      if (hit) {
        const mark = document.createElement("b");
        mark.className = "hit";
        mark.textContent = piece;
        holder.append(mark);
      } else holder.append(piece);
    }
    return holder;
  }

  function element(name, ...inside) {
    const made = document.createElement(name);
    made.append(...inside);
    return made;
  }

  const addressOf = (folder, name, hash) =>
    folder + "/" + encodeURIComponent(name) + ".html" + (hash ? "#" + hash : "");

  function speakerItem([slug, name, kind, roles, count], wanted) {
    const link = element("a", marked(name, wanted));
    link.href = addressOf("speakers", slug);
    const faint = element("p", kind + " · " + count + (count === 1 ? " quote" : " quotes"));
    if (roles) faint.append(" · ", marked(roles, wanted));
    faint.className = "faint";
    const item = element("li", element("p", link), faint);
    item.className = "speaker";
    return item;
  }

  function quoteItem([uid, file, text, kind, act, title, day, speakers], wanted) {
    const quote = element("blockquote", marked(text, wanted));
    quote.className = "k-" + kind;
    quote.dir = "auto";
    const about = element("p");
    about.className = "faint";
    speakers.forEach(([name, role], at) => {
      about.append(at ? " and " : "", element("strong", marked(name, wanted)), ...(role ? [", ", marked(role, wanted)] : []));
    });
    const link = element("a", (day || "no date") + " · ", marked(title, wanted));
    link.href = addressOf("articles", file, uid);
    about.append(speakers.length ? " · " : "", link, " · " + kind + (act === "attitude" ? " · attitude" : ""));
    return element("li", quote, about);
  }

  async function show(found, from, mine) {
    const page = found.places.slice(from, from + SHOWN);
    const size = found.about.shown;
    const numbers = [...new Set(page.map((place) => Math.floor(place / size)))];
    const loaded = new Map(await Promise.all(numbers.map(async (one) => [one, await load("found-" + one)])));
    if (mine !== turn) return;
    if (!from) results.replaceChildren();
    for (const place of page) {
      const row = loaded.get(Math.floor(place / size))[place % size];
      results.append(place < found.about.speakers ? speakerItem(row, found.wanted) : quoteItem(row, found.wanted));
    }
    more.hidden = from + SHOWN >= found.places.length;
    more.onclick = () => show(found, from + SHOWN, mine);
  }

  async function search() {
    const mine = ++turn;
    const text = words.value.trim();
    try {
      history.replaceState(null, "", text ? "#" + encodeURIComponent(text) : "#");
    } catch { /* half a character, or more than an address can have: then it is not in the address */ }
    if (!terms(text).length) {
      results.replaceChildren();
      more.hidden = true;
      told.textContent = "\u00a0";
      return;
    }
    try {
      const found = await find(text);
      if (mine !== turn) return;
      const speakers = found.places.filter((place) => place < found.about.speakers).length;
      const quotes = found.places.length - speakers;
      told.textContent = found.common ? "That is nearly everywhere: add a word."
        : (speakers ? speakers + (speakers === 1 ? " speaker, " : " speakers, ") : "") +
          quotes + (quotes === 1 ? " quote" : " quotes");
      await show(found, 0, mine);
    } catch (error) {
      told.textContent = "A file of the search is missing: " + error.message;
    }
  }

  let waiting;
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  function fromHash() {
    let text = location.hash.slice(1);
    try {
      text = decodeURIComponent(text);
    } catch { /* typed by hand, with a % that is only a % */ }
    if (text === words.value.trim()) return;
    words.value = text;
    search();
  }
  addEventListener("hashchange", fromHash);
  fromHash();
})();
