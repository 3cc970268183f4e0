// A household as one node: its members step back, and what tied them to others ties the household.

function people(view) {
  const nodes = selected(view);
  const own = nodes.filter("[kind = 'Applicant']");
  return (own.length > 1 ? own : own.union(nodes.neighborhood("[kind = 'Applicant']"))).filter(isShown);
}

function group(view) {
  const members = people(view);
  if (members.length < 2) return announce(view, say(view, "no_people"));
  const id = `h${++view.homes}`;
  const middle = { x: 0, y: 0 };
  members.forEach((node) => {
    middle.x += node.position().x / members.length;
    middle.y += node.position().y / members.length;
  });
  view.change((state) => {
    state.homes.set(id, members.map((node) => node.id()));
    state.places.set(id, middle);
  });
  selectOnly(view, view.cy.getElementById(id));
}

function ungroup(view) {
  const homes = selected(view).filter((node) => node.data("home"));
  if (homes.empty()) return;
  const members = homes.map((node) => view.history.now.homes.get(node.id())).flat();
  view.change((state) => homes.forEach((node) => state.homes.delete(node.id())));
  selectOnly(view, view.cy.nodes().filter((node) => members.includes(node.id())));
}

function drawHomes(view, home) {
  const { cy } = view;
  cy.edges("[?meta]").remove();
  for (const [id, members] of view.history.now.homes) if (cy.getElementById(id).empty()) cy.add(homeNode(view, id, members));
  if (home.size === 0) return;
  const together = new Map();
  cy.edges().forEach((edge) => {
    const [source, target] = [edge.data("source"), edge.data("target")].map((end) => home.get(end) ?? end);
    const moved = source !== edge.data("source") || target !== edge.data("target");
    if (!moved || source === target) return;
    const key = `meta ${source} ${target} ${edge.data("kind")}`;
    together.set(key, [...(together.get(key) ?? []), edge.data()]);
  });
  for (const [id, edges] of together) cy.add({ group: "edges", data: metaEdge(id, edges, home) });
}

function homeNode(view, id, members) {
  const title = say(view, "household", { number: members.length });
  const data = { id, kind: "Group", home: true, label: title, title, size: Math.min(28 + 4 * members.length, 60), users: 0,
    codes: [], facts: [["members", members.map((member) => view.cy.getElementById(member).data("title")).join(", ")]] };
  return { group: "nodes", data };
}

function metaEdge(id, edges, home) {
  const [first] = edges;
  const known = edges.map((edge) => edge.at).filter((at) => at !== null);
  return { id, meta: true, kind: first.kind, source: home.get(first.source) ?? first.source,
    target: home.get(first.target) ?? first.target, label: edges.length > 1 ? `× ${edges.length}` : first.label,
    width: Math.max(...edges.map((edge) => edge.width)), at: known.length ? Math.min(...known) : null,
    codes: [...new Set(edges.flatMap((edge) => edge.codes))] };
}
