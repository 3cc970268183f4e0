// Everything that can be done, once: the toolbar, the panel, the menu, the keys and the list of keys all come from here.

const some = (view) => selected(view).nonempty();
const ACTIONS = {
  move: { keys: ["←", "→", "↑", "↓"] },
  widen: { keys: ["Shift+←", "Shift+→", "Shift+↑", "Shift+↓"] },
  everything: { keys: ["Ctrl+A"], run: (view) => selectOnly(view, shownNodes(view)) },
  clear: { keys: ["Escape"], run: clearSelection },
  menu: { keys: ["M"], run: openMenu },
  expand: { keys: ["E"], run: expand, fits: (nodes) => nodes.length === 1 && !nodes.data("home") && !nodes.is("[kind = 'Group']") },
  collapse: { keys: ["C"], run: collapse, fits: (nodes, state) => nodes.some((node) => state.grown.has(node.id())) },
  start: { keys: ["S"], run: (view) => setEnd(view, "start"), fits: (nodes) => nodes.length === 1 },
  end: { keys: ["T"], run: (view) => setEnd(view, "end"), fits: (nodes) => nodes.length === 1 },
  pin: { keys: ["P"], run: pin, fits: () => true },
  group: { keys: ["G"], run: group, fits: (nodes) => nodes.length > 1 || !nodes.is("[kind = 'Applicant'], [kind = 'Group']") },
  ungroup: { keys: ["U"], run: ungroup, fits: (nodes) => nodes.some((node) => node.data("home")) },
  dismiss: { keys: ["D", "Delete"], run: (view) => dismiss(view, selected(view)), fits: () => true },
  others: { keys: ["O"], run: (view) => dismiss(view, shownNodes(view).not(selected(view))), fits: () => true },
  restore: { keys: ["R"], run: (view) => view.change((state) => state.gone.clear()) },
  hubs: { keys: ["H"], run: toggleHubs },
  undo: { keys: ["Ctrl+Z"], run: (view) => view.travel("undo") },
  redo: { keys: ["Ctrl+Y"], run: (view) => view.travel("redo") },
  find: { keys: ["F", "/"], run: (view) => view.root.querySelector(".find").focus() },
  fit: { keys: ["0"], run: (view) => view.fit() },
  in: { keys: ["+"], run: (view) => view.zoom(1.3) },
  out: { keys: ["-"], run: (view) => view.zoom(1 / 1.3) },
  play: { keys: ["L"], run: (view) => (view.playing ? pause(view) : play(view)) },
  png: { keys: ["X"], run: exportPng },
  svg: { keys: ["V"], run: exportSvg },
  help: { keys: ["?"], run: toggleHelp },
};

function act(view, name) {
  closeMenu(view);
  ACTIONS[name].run(view);
}

// What can be done with these nodes.
function fitting(view, nodes) {
  return Object.keys(ACTIONS).filter((name) => ACTIONS[name].fits?.(nodes, view.history.now));
}

function label(view, name) {
  const unpins = name === "pin" && selected(view).every((node) => view.history.now.pinned.has(node.id()));
  return say(view, unpins ? "unpin" : name);
}

// A pinned node stands still, and stays when others are dismissed or hubs are hidden.
function pin(view) {
  const nodes = selected(view);
  if (nodes.empty()) return;
  const off = nodes.every((node) => view.history.now.pinned.has(node.id()));
  view.change((state) => nodes.forEach((node) => (off ? state.pinned.delete(node.id()) : state.pinned.add(node.id()))));
  selectionChanged(view);
}

function dismiss(view, nodes) {
  const { pinned } = view.history.now;
  const leaving = nodes.filter((node) => !pinned.has(node.id()));
  if (some(view) && leaving.nonempty()) view.change((state) => leaving.forEach((node) => void state.gone.add(node.id())));
}

function toggleHubs(view) {
  const limit = Number(view.root.querySelector(".limit").value) || 0;
  view.change((state) => { state.hubs = state.hubs ? 0 : limit; });
}
