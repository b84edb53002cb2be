"use strict";
(() => {
  const d = document, all = s => [...d.querySelectorAll(s)];
  // What htmx cannot do is done by the browser: the form is sent as without a script.
  d.addEventListener("htmx:responseError", e => { const f = e.target.closest("form"); if (f) { const b = e.detail.requestConfig.triggeringEvent?.submitter; if (b) { const i = d.createElement("input"); i.type = "hidden"; i.name = b.name; i.value = b.value; f.append(i); } f.submit(); } });
  d.addEventListener("htmx:sendError", e => { const f = e.target.closest("form"); if (f) f.submit(); });
  // Keys of the queue.
  d.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
    const cards = all(".card"); if (!cards.length) return;
    const i = cards.findIndex(c => c.contains(d.activeElement)), to = n => { const c = cards[Math.max(0, Math.min(cards.length - 1, n))]; c.focus(); c.scrollIntoView({block: "start"}); };
    if (e.key === "j") to(i + 1); else if (e.key === "k") to(i - 1);
    else {
      const key = e.key === "e" ? "2" : e.key, has = c => c?.querySelector(`[data-key="${CSS.escape(key)}"]`), n = i < 0 ? cards.findIndex(has) : !has(cards[i]) && key === "u" ? i - 1 : i, b = has(cards[n]);
      if (b) { e.preventDefault(); b.click(); to(key === "u" ? n : n + 1); }
    }
  });
  // Drafts stay in the tab until they are sent.
  all("form[data-draft]").forEach(f => {
    const k = n => "draft:" + location.pathname + location.search + ":" + n;
    f.querySelectorAll("textarea,input[type=text]").forEach(x => { const v = sessionStorage.getItem(k(x.id)); if (v && !x.value) x.value = v; x.addEventListener("input", () => sessionStorage.setItem(k(x.id), x.value)); });
    f.addEventListener("submit", () => f.querySelectorAll("textarea,input[type=text]").forEach(x => sessionStorage.removeItem(k(x.id))));
  });
})();
