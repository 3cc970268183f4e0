// More of the store around a node: kinds are counted first, the analyst chooses some, how many, and which first.

// Operations go together: of five that are sent in one moment one would arrive.
function ask(view, operation, then) {
  const id = `${view.born}-${++view.asked}`;
  view.waiting.set(id, { operation: { id, ...operation }, then });
  queueMicrotask(() => {
    const list = [...view.waiting.values()].map((each) => each.operation);
    if (list.length && !view.closed) view.component.setStateValue("asked", list);
  });
}

function receive(view, answers) {
  for (const [id, answer] of Object.entries(answers)) {
    const one = view.waiting.get(id);
    if (!one) continue;
    view.waiting.delete(id);
    if (answer.sorry) announce(view, answer.sorry);
    else one.then(answer);
  }
}

function expand(view) {
  const node = selected(view).last();
  if (node.empty() || node.data("home")) return;
  const box = view.root.querySelector(".grow");
  box.replaceChildren(element("p", say(view, "counting")));
  ask(view, { op: "count", node: node.id() }, ({ counts }) => {
    if (view.cy.getElementById(node.id()).selected()) box.replaceChildren(choice(view, node, counts));
    box.querySelector("input, p")?.focus();
  });
}

function choice(view, node, counts) {
  const types = Object.entries(counts);
  if (types.length === 0) return element("p", say(view, "alone"));
  const form = element("form");
  const boxes = types.map(([type, count]) => {
    const box = element("input");
    Object.assign(box, { type: "checkbox", name: type, checked: types.length === 1 });
    form.append(labelled(`${nameOf(view, type)} (${number(count)})`, box));
    return box;
  });
  const cap = Object.assign(element("input"), { type: "number", min: 1, max: 200, value: 20 });
  const order = element("select");
  for (const name of ["recent", "earliest"]) order.append(Object.assign(element("option", say(view, name)), { value: name }));
  const go = Object.assign(element("button", say(view, "grow")), { type: "submit" });
  form.append(labelled(say(view, "cap"), cap, "after"), labelled(say(view, "order"), order, "after"), go);
  form.onsubmit = (event) => {
    event.preventDefault();
    const chosen = boxes.filter((box) => box.checked).map((box) => box.name);
    const wish = { types: chosen, cap: Number(cap.value), earliest: order.value === "earliest" };
    if (chosen.length) ask(view, { op: "expand", node: node.id(), ...wish }, (answer) => grow(view, node, answer, counts, wish));
  };
  return form;
}

function labelled(text, input, place = "") {
  const label = element("label");
  label.append(...(place === "after" ? [element("span", text), input] : [input, element("span", text)]));
  return label;
}

function grow(view, node, answer, counts, wish) {
  const places = view.history.now.places;
  const shown = new Set(shownNodes(view).map((each) => each.id()));
  const fresh = answer.nodes.filter((each) => !shown.has(each.id));
  const unplaced = fresh.filter((each) => !places.has(each.id));
  const found = placesAround(view, node.position(), unplaced.length);
  const said = wish.types.map((type) => say(view, wish.earliest ? "came_earliest" : "came_recent", {
    shown: number(counts[type] - (answer.left_out[type] ?? 0)), all: number(counts[type]), type: nameOf(view, type) }));
  view.change((state) => {
    unplaced.forEach((each, at) => state.places.set(each.id, found[at] ?? { ...node.position() }));
    for (const each of fresh) state.gone.delete(each.id);
    const before = state.grown.get(node.id()) ?? { nodes: [], edges: [], said: [] };
    const more = (part, list) => [...new Set([...before[part], ...list])];
    state.grown.set(node.id(), { nodes: more("nodes", answer.nodes.map((each) => each.id)),
      edges: more("edges", answer.edges.map((each) => each.id)), said: more("said", said) });
  }, answer);
  selectionChanged(view);
}

// What an expansion brought goes; what another one brought, too, or the ring itself has, stays.
function collapse(view) {
  const grown = selected(view).filter((node) => view.history.now.grown.has(node.id()));
  if (grown.empty()) return;
  view.change((state) => grown.forEach((node) => forget(state, node.id(), view.first)));
  selectionChanged(view);
}

function forget(state, id, first) {
  const { nodes = [] } = state.grown.get(id) ?? {};
  state.grown.delete(id);
  const kept = new Set([...state.grown.values()].flatMap((one) => one.nodes));
  for (const each of nodes) if (state.grown.has(each) && !kept.has(each) && !first.has(each)) forget(state, each, first);
}
