// The picture of a ring. All text comes from files that strangers wrote: it is set as text (textContent, canvas labels),
// never as markup, and no attribute, style or address is made from it.

function element(tag, text = "", name = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
}

function button(text, press, name = "") {
  const made = element("button", text, name);
  made.type = "button";
  made.onclick = press;
  return made;
}

// One pass: what looks like a placeholder within a value stays as it is.
function say(view, name, values = {}) {
  return view.data.texts[name].replace(/\[(\w+)\]/g, (all, key) => (key in values ? String(values[key]) : all));
}

function nameOf(view, code) {
  return view.data.names[code] ?? code;
}

// Fixed texts of the page: `data-text` names the text, `data-label` the one for those who hear the page.
function fillTexts(view) {
  for (const box of view.root.querySelectorAll("[data-text]")) box.textContent = say(view, box.dataset.text);
  for (const box of view.root.querySelectorAll("[data-label]")) {
    box.setAttribute("aria-label", say(view, box.dataset.label));
    if (box.tagName === "BUTTON" || box.tagName === "INPUT") box.title = say(view, box.dataset.label);
  }
}

function announce(view, text) {
  view.root.querySelector(".spoken").textContent = text;
}

const number = (value) => value.toLocaleString("en-US");
const dayOf = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
