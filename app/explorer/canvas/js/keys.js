// The keyboard, the menu, and the list of keys.

const ARROWS = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

function keyName(event) {
  const held = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  return held + (event.key.length === 1 ? event.key.toUpperCase() : event.key);
}

function listenToKeys(view) {
  // Streamlit has keys of its own, such as "c" to clear its cache: none of those that are meant for the picture gets there.
  view.root.querySelector(".workspace").onkeydown = (event) => event.stopPropagation();
  view.root.querySelector(".canvas").onkeydown = (event) => {
    if (event.key in ARROWS) step(view, event.key, event.shiftKey);
    else {
      const pressed = keyName(event);
      const name = Object.keys(ACTIONS).find((each) => ACTIONS[each].run && ACTIONS[each].keys.includes(pressed));
      if (!name) return;
      act(view, name);
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

function openMenu(view, at = null) {
  const nodes = selected(view);
  if (nodes.empty()) return;
  const menu = view.root.querySelector(".menu");
  const { x, y } = at ?? nodes.last().renderedPosition();
  menu.replaceChildren(...fitting(view, nodes).map((name) => {
    const item = button(label(view, name), () => {
      act(view, name);
      if (name !== "expand") view.root.querySelector(".canvas").focus();
    });
    item.setAttribute("role", "menuitem");
    item.append(element("kbd", ACTIONS[name].keys[0]));
    return item;
  }));
  menu.hidden = false;
  menu.style.left = `${Math.max(0, Math.min(x, view.cy.width() - menu.offsetWidth - 4))}px`;
  menu.style.top = `${Math.max(0, Math.min(y, view.cy.height() - menu.offsetHeight - 4))}px`;
  menu.onkeydown = (event) => {
    const items = [...menu.children];
    const now = items.indexOf(menu.getRootNode().activeElement);
    if (event.key === "ArrowDown") items[(now + 1) % items.length].focus();
    else if (event.key === "ArrowUp") items[(now - 1 + items.length) % items.length].focus();
    else if (event.key === "Escape") {
      closeMenu(view);
      view.root.querySelector(".canvas").focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  menu.firstChild.focus();
}

function closeMenu(view) {
  view.root.querySelector(".menu").hidden = true;
}

function toggleHelp(view) {
  const help = view.root.querySelector(".help");
  help.hidden = !help.hidden;
  const list = element("dl");
  for (const [name, { keys }] of Object.entries(ACTIONS)) {
    const held = element("dt");
    held.append(...keys.map((key) => element("kbd", key)));
    list.append(held, element("dd", say(view, name)));
  }
  const close = button(say(view, "close"), () => toggleHelp(view));
  help.replaceChildren(element("h3", say(view, "help")), list, close);
  help.onkeydown = (event) => {
    if (event.key === "Escape") toggleHelp(view);
  };
  if (help.hidden) view.root.querySelector(".canvas").focus();
  else close.focus();
}
