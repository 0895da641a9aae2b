// onrecord's own script: words and entries light each other up. Nothing is fetched.
"use strict";
(() => {
  const near = document.createElement("div");
  near.className = "near";
  near.hidden = true;
  near.setAttribute("aria-hidden", "true");
  document.body.append(near);

  const clear = (report) => {
    for (const one of report.querySelectorAll(".lit, .lit-part")) {
      one.classList.remove("lit", "lit-part");
      delete one.dataset.label;
    }
    near.hidden = true;
  };

  const HEADS = new Set(["anchor", "cue", "self", "mention"]);
  const lightWords = (report, id) => {
    let last = null;
    for (const piece of report.querySelectorAll(`.text [data-e~="${CSS.escape(id)}"]`)) {
      const roles = piece.dataset.r.split(" ").filter((r) => r.startsWith(id + ".")).map((r) => r.slice(id.length + 1));
      const role = roles.find((r) => HEADS.has(r)) ?? roles.at(-1);
      if (HEADS.has(role)) {
        piece.classList.add("lit");
      } else {
        piece.classList.add("lit-part");
        if (role !== last) piece.dataset.label = role;
      }
      last = role;
    }
  };

  const cards = (report, ids) => ids.map((id) => report.querySelector(`.card[data-id="${CSS.escape(id)}"]`)).filter(Boolean);

  const showNear = (piece, found) => {
    near.replaceChildren();
    for (const card of found.slice(0, 4)) {
      near.append(card.querySelector(".line").cloneNode(true));
      const voice = card.querySelector(".voice");
      if (voice) near.append(voice.cloneNode(true));
    }
    if (!near.childNodes.length) return;
    near.hidden = false;
    const at = piece.getBoundingClientRect();
    const box = near.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, innerWidth - box.width - 8));
    const below = at.bottom + 6;
    near.style.left = `${left}px`;
    near.style.top = `${below + box.height < innerHeight ? below : Math.max(8, at.top - box.height - 6)}px`;
  };

  for (const report of document.querySelectorAll(".report")) {
    const list = report.querySelector(".entries");
    const reveal = (card) => {
      if (list.scrollHeight > list.clientHeight + 2) {
        const box = list.getBoundingClientRect(), at = card.getBoundingClientRect();
        list.scrollTop += at.top - box.top - box.height / 3;
      }
    };
    const over = (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const piece = target?.closest(".text [data-e]");
      const card = target?.closest(".card");
      if (!piece && !card) return;
      clear(report);
      if (card) {
        card.classList.add("lit");
        lightWords(report, card.dataset.id);
        return;
      }
      const ids = piece.dataset.e.split(" ");
      const heads = piece.dataset.r.split(" ").map((r) => r.split(".")).filter(([, f]) => HEADS.has(f)).map(([id]) => id);
      const wanted = heads.length ? heads : ids;
      const chosen = piece.getAttribute("href")?.split("-").at(-1).replace("#", "") ?? wanted[0];
      lightWords(report, chosen);
      const found = cards(report, [...new Set([chosen, ...wanted])]);
      for (const one of found) one.classList.add("lit");
      showNear(piece, found);
      if (event.type === "focusin" && found[0]) reveal(found[0]);
    };
    report.addEventListener("mouseover", over);
    report.addEventListener("focusin", over);
    report.addEventListener("mouseleave", () => clear(report));
    report.addEventListener("click", (event) => {
      const jump = event.target.closest?.(".text a.m");
      if (!jump) return;
      const card = document.getElementById(decodeURIComponent(jump.hash.slice(1)));
      if (!card) return;
      event.preventDefault();
      history.replaceState(null, "", jump.hash);
      if (list.scrollHeight > list.clientHeight + 2) reveal(card);
      else card.scrollIntoView({ block: "center" });
      card.querySelector(".jump").focus({ preventScroll: true });
      clear(report);
      card.classList.add("lit");
      lightWords(report, card.dataset.id);
    });
  }
  // Words that are selected in the text go into the form that adds an entry, with their offsets
  // in code points: a string here counts in UTF-16, so the points are counted one by one.
  const add = document.querySelector("#add form");
  const points = (piece, node, at) => {
    // A range ends within a piece, or beside it: then the whole of it is meant.
    if (!piece.contains(node) || piece.dataset.n) return null;
    return node instanceof Element ? (at > 0 ? [...piece.textContent].length : 0) : [...node.data.slice(0, at)].length;
  };
  const length = (piece) => (piece.dataset.n ? Number(piece.dataset.n) : [...piece.textContent].length);
  if (add) document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    const text = document.querySelector(".report .text");
    if (!range || range.collapsed || !text.contains(range.startContainer)) return;
    const pieces = [...text.querySelectorAll("[data-o]")].filter((piece) => range.intersectsNode(piece));
    if (!pieces.length) return;
    const spans = pieces.map((piece) => {
      const from = Number(piece.dataset.o);
      const start = points(piece, range.startContainer, range.startOffset) ?? 0;
      const end = points(piece, range.endContainer, range.endOffset) ?? length(piece);
      return [from + start, from + end];
    }).filter(([start, end]) => end > start);
    if (!spans.length) return;
    add.elements.words.value = range.toString();
    add.elements.start.value = spans[0][0];
    add.elements.end.value = spans.at(-1)[1];
    document.getElementById("add").open = true;
  });
  add?.elements.words.addEventListener("input", () => { add.elements.start.value = add.elements.end.value = ""; });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const report of document.querySelectorAll(".report")) clear(report);
  });
})();
