// The shortest way over what is shown: the stronger the evidence of a step, the shorter it is, from 1 to 2.

function setEnd(view, which) {
  const node = selected(view).last();
  if (node.empty()) return;
  view[which] = node.id();
  view.cy.nodes().removeClass("ends");
  for (const end of [view.start, view.end]) if (end) view.cy.getElementById(end).addClass("ends");
  if (view.start && view.end && view.start !== view.end) showPath(view);
  else announce(view, say(view, "choose_end"));
}

function showPath(view) {
  const { cy } = view;
  const [root, goal] = [view.start, view.end].map((id) => cy.getElementById(id));
  const weight = (edge) => 2 - (edge.data("width") - 1.5) / 3;
  const way = isShown(root) && isShown(goal) ? shownElements(view).dijkstra({ root, weight }).pathTo(goal) : cy.collection();
  cy.nodes().unselect();
  queueMicrotask(() => {
    const steps = element("ol", "", "steps");
    if (way.edges().nonempty()) {
      light(view, way);
      steps.append(...way.edges().map((edge, at) => element("li", stepText(view, way.nodes()[at], edge, way.nodes()[at + 1]))));
    }
    const told = way.edges().nonempty() ? steps : element("p", say(view, "no_path"));
    showPanel(view, [element("h4", say(view, "path")), told]);
    announce(view, told.textContent);
  });
}

function stepText(view, from, edge, to) {
  return `${from.data("title")} → ${to.data("title")}: ${[nameOf(view, edge.data("kind")), edge.data("label")].join(" ")}`;
}
