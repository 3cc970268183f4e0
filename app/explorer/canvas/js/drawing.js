// Makes the drawing agree with the state. Elements are added once and then hidden or shown, so nothing ever jumps.

function addElements(view, nodes, edges) {
  const { cy } = view;
  const fresh = (each) => cy.getElementById(each.id).empty();
  const places = view.history.now.places;
  cy.add(nodes.filter(fresh).map((data) => ({ group: "nodes", data, position: { ...places.get(data.id) } })));
  cy.add(edges.filter(fresh).map((data) => ({ group: "edges", data })));
  for (const edge of edges) {
    if (edge.at === null) continue;
    for (const end of [edge.source, edge.target]) {
      view.since.set(end, Math.min(view.since.get(end) ?? Infinity, edge.at));
    }
  }
}

function redraw(view) {
  const { cy } = view;
  const state = view.history.now;
  const home = new Map([...state.homes].flatMap(([id, members]) => members.map((member) => [member, id])));
  const brought = (part) => new Set([...state.grown.values()].flatMap((one) => one[part]));
  const nodes = brought("nodes"), edges = brought("edges");
  cy.batch(() => {
    drawHomes(view, home);
    cy.nodes().forEach((node) => {
      const id = node.id();
      const there = node.data("home") ? state.homes.has(id) : (view.first.has(id) || nodes.has(id)) && !home.has(id);
      node.toggleClass("out", !there || !wanted(view, node));
      place(node, state.places.get(id));
      node.toggleClass("pinned", state.pinned.has(id));
      if (state.pinned.has(id)) node.ungrabify(); else node.grabify();
    });
    cy.edges().forEach((edge) => {
      const there = edge.data("meta") || view.first.has(edge.id()) || edges.has(edge.id());
      edge.toggleClass("out", !there || state.off.has(edge.data("kind")) || later(view, edge.data("at")));
    });
    cy.elements(".out").unselect();
  });
  showLegend(view);
  view.showTools();
}

function place(node, at) {
  const now = node.position();
  if (at && (now.x !== at.x || now.y !== at.y)) node.position({ ...at });
}

function wanted(view, node) {
  const { gone, off, hubs, pinned } = view.history.now;
  if (gone.has(node.id()) || off.has(node.data("kind")) || later(view, view.since.get(node.id()) ?? null)) return false;
  return !hubs || node.data("users") <= hubs || pinned.has(node.id());
}

// By how the replay stands, is this not known yet?
function later(view, at) {
  return view.until !== null && at !== null && at > view.until;
}

// The library answers by the style of the last frame, which may be a moment old: this goes by the classes.
const isOut = (each) => each.hasClass("out");
const isShown = (each) => !isOut(each) && (each.isNode() || !(isOut(each.source()) || isOut(each.target())));
const shownNodes = (view) => view.cy.nodes().filter(isShown);
const shownElements = (view) => view.cy.elements().filter(isShown);

function light(view, elements) {
  view.cy.batch(() => {
    view.cy.elements().addClass("faded");
    elements.removeClass("faded");
  });
}
