// What is selected, by mouse, by box or by keyboard.

const selected = (view) => view.cy.nodes(":selected");

// Selecting by script tells of each node; the panel is drawn once.
function selectOnly(view, nodes) {
  view.cy.batch(() => {
    view.cy.nodes(":selected").unselect();
    nodes.select();
  });
}

function clearSelection(view) {
  view.cy.elements().removeClass("faded hit").unselect();
  for (const reason of view.root.querySelectorAll(".reason")) reason.setAttribute("aria-pressed", "false");
  showPanel(view, []);
}

function selectionChanged(view) {
  if (view.selecting) return;
  view.selecting = true;
  queueMicrotask(() => {
    view.selecting = false;
    const nodes = selected(view);
    if (view.closed) return;
    if (nodes.empty()) clearSelection(view);
    else {
      light(view, nodes.length === 1 ? nodes.closedNeighborhood() : nodes.union(nodes.edgesWith(nodes)));
      showSelected(view, nodes);
    }
  });
}

const TOWARDS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The next node that way: near, and not much to the side.
function step(view, key, add) {
  const [dx, dy] = TOWARDS[key];
  const from = selected(view).last();
  const nodes = shownNodes(view);
  if (nodes.empty()) return;
  if (from.empty()) return reach(view, nodes[0], add);
  const here = from.position();
  let best = null, least = Infinity;
  nodes.forEach((node) => {
    const x = node.position().x - here.x, y = node.position().y - here.y;
    const along = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
    const cost = along + 2.5 * aside;
    if (along > 1 && cost < least && !(add && node.selected())) [best, least] = [node, cost];
  });
  if (best) reach(view, best, add);
}

function reach(view, node, add) {
  if (add) node.select();
  else selectOnly(view, node);
  const at = node.renderedPosition();
  if (at.x < 0 || at.y < 0 || at.x > view.cy.width() || at.y > view.cy.height()) view.cy.center(node);
}
