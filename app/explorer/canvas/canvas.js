// The picture of a ring. All text comes from files that strangers wrote: it is set as text (textContent, canvas labels),
// never as markup, and no attribute, style or address is made from it.

const cytoscape = globalThis.cytoscape;
const drawn = new WeakMap();
const MARGIN = 50; // pixels around the picture: the buttons in the corner cover no node

export default function (component) {
  const { data, parentElement } = component;
  const before = drawn.get(parentElement);
  if (before && before.version === data.version) {
    before.tell(data); // places and zoom stay when the language changes
    return before.close;
  }
  if (before) before.close();
  const view = new View(parentElement, data);
  drawn.set(parentElement, view);
  return view.close;
}

class View {
  constructor(root, data) {
    this.root = root;
    this.version = data.version;
    this.close = () => {
      drawn.delete(root);
      this.cy.destroy();
    };
    this.cy = draw(root.querySelector(".canvas"), data);
    this.listen();
    legend(root.querySelector(".legend"), data.legend);
    this.tell(data);
    this.hint(data);
  }

  listen() {
    const act = {
      fit: () => this.cy.fit(undefined, MARGIN),
      in: () => this.zoom(1.3),
      out: () => this.zoom(1 / 1.3),
      clear: () => this.clear(),
    };
    for (const button of this.root.querySelectorAll(".tools button")) button.onclick = act[button.dataset.act];
    this.root.querySelector(".canvas").onkeydown = (event) => {
      const name = { "+": "in", "-": "out", 0: "fit", Escape: "clear" }[event.key];
      if (name) act[name]();
    };
    // The library remembers where the canvas is on the page, and does not see the page above it grow.
    this.root.querySelector(".canvas").addEventListener("pointerdown", () => this.cy.resize(), true);
    this.cy.on("tap", "node", (event) => this.select(event.target));
    this.cy.on("tap", (event) => {
      if (event.target === this.cy) this.clear();
    });
  }

  zoom(factor) {
    const middle = { x: this.cy.width() / 2, y: this.cy.height() / 2 };
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: middle });
  }

  hint(data) {
    const lines = ["Click a node to see what is known of it, or a reason to see what it rests on."];
    if (data.aggregated) lines.unshift("This ring is large: members who share the same things are drawn as one node.");
    if (data.left_out) lines.push(`${data.left_out} less shared nodes are not drawn.`);
    this.root.querySelector(".hints").replaceChildren(...lines.map((line) => element("p", line, "hint")));
  }

  panel(children) {
    this.root.querySelector(".selected").replaceChildren(...children);
    this.root.querySelector(".chosen").hidden = children.length === 0;
    this.root.querySelector(".panel").scrollTop = 0;
  }

  light(elements) {
    this.cy.batch(() => {
      this.cy.elements().addClass("faded");
      elements.removeClass("faded");
    });
  }

  clear() {
    this.cy.elements().removeClass("faded").unselect();
    for (const button of this.root.querySelectorAll(".reason")) button.setAttribute("aria-pressed", "false");
    this.panel([]);
  }

  select(node) {
    this.light(node.closedNeighborhood());
    const known = element("dl");
    for (const [name, value] of node.data("facts")) known.append(element("dt", name), element("dd", value));
    const near = node.neighborhood("node").map((other) => other.data("title"));
    const tied = near.length > 30 ? [...near.slice(0, 30), `and ${near.length - 30} more`] : near;
    const list = element("p", `Tied to ${near.length}: ${tied.join(", ")}`);
    this.panel([element("h4", node.data("title")), known, list]);
  }

  tell(data) {
    if (this.language === data.language) return;
    if (this.language) this.clear();
    this.language = data.language;
    const list = this.root.querySelector(".reasons");
    list.lang = data.language;
    list.replaceChildren();
    for (const reason of data.reasons) {
      const button = element("button", reason.text, "reason");
      button.type = "button";
      button.setAttribute("aria-pressed", "false");
      const bar = element("span", "", "bar");
      bar.style.width = `${Math.round(reason.share * 100)}%`;
      button.append(bar);
      button.onclick = () => this.press(button, reason.code);
      const item = element("li");
      item.append(button);
      if (reason.compared) item.append(element("p", reason.compared, "compared"));
      item.append(evidence(reason));
      list.append(item);
    }
  }

  press(button, code) {
    const on = button.getAttribute("aria-pressed") === "true";
    this.clear();
    if (on) return;
    button.setAttribute("aria-pressed", "true");
    const found = this.cy.elements().filter((item) => item.data("codes").includes(code));
    if (found.nonempty()) this.light(found); // some reasons are measured over the whole ring
  }
}

function element(tag, text = "", name = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
}

function evidence(reason) {
  if (reason.unseen) return element("p", reason.unseen, "hint");
  const shown = facts(reason.evidence);
  if (reason.rest.length === 0) return shown;
  const more = element("details");
  more.append(element("summary", reason.folded), facts(reason.rest));
  if (reason.left_out) more.append(element("p", reason.left_out, "hint"));
  const both = element("div");
  both.append(shown, more);
  return both;
}

function facts(lines) {
  const list = element("ul", "", "evidence");
  list.append(...lines.map((line) => element("li", line)));
  return list;
}

function draw(container, data) {
  const nodes = data.nodes.map(({ x, y, ...node }) => ({ group: "nodes", data: node, position: { x, y } }));
  const edges = data.edges.map((edge) => ({ group: "edges", data: edge }));
  const cy = cytoscape({
    container,
    elements: [...nodes, ...edges],
    layout: { name: "preset" },
    style: style(data.legend, getComputedStyle(container)),
    minZoom: 0.1,
    maxZoom: 4,
    boxSelectionEnabled: false,
    hideEdgesOnViewport: data.edges.length > 1500,
  });
  cy.fit(undefined, MARGIN);
  return cy;
}

function style(kinds, theme) {
  const ink = theme.color;
  const paper = theme.getPropertyValue("--st-background-color").trim() || "#ffffff";
  const rules = [
    { selector: "node", style: {
      label: "data(label)", width: "data(size)", height: "data(size)", color: ink, "font-size": 11, "min-zoomed-font-size": 7,
      "text-valign": "bottom", "text-margin-y": 4, "text-outline-color": paper, "text-outline-width": 2,
      "border-width": 1.5, "border-color": ink } },
    { selector: "edge", style: { width: "data(width)", "curve-style": "straight", opacity: 0.75 } },
    { selector: "edge[kind = 'TRANSFERRED']", style: {
      "curve-style": "bezier", "target-arrow-shape": "triangle", label: "data(label)", color: ink, "font-size": 10,
      "min-zoomed-font-size": 8, "text-rotation": "autorotate", "text-outline-color": paper, "text-outline-width": 2 } },
    { selector: ".faded", style: { opacity: 0.12, "text-opacity": 0.12 } },
    { selector: ":selected", style: { "border-width": 4 } },
  ];
  for (const kind of kinds) {
    const colour = kind.kind === "TRANSFERRED" ? ink : kind.colour;
    const own = kind.of === "nodes"
      ? { "background-color": colour, shape: kind.shape }
      : { "line-color": colour, "target-arrow-color": colour, "line-style": kind.line };
    rules.push({ selector: `${kind.of === "nodes" ? "node" : "edge"}[kind = '${kind.kind}']`, style: own });
  }
  return rules;
}

const SVG = "http://www.w3.org/2000/svg";
const DASHES = { solid: "", dashed: "6 4", dotted: "2 3" };
const OUTLINES = {
  "ellipse": "8,1 13,3 15,8 13,13 8,15 3,13 1,8 3,3",
  "round-rectangle": "3,2 13,2 14,3 14,13 13,14 3,14 2,13 2,3",
  "rectangle": "2,2 14,2 14,14 2,14",
  "diamond": "8,1 15,8 8,15 1,8",
  "triangle": "8,1 15,15 1,15",
  "hexagon": "4,2 12,2 15,8 12,14 4,14 1,8",
  "star": "8,1 10,6 15,6 11,9 13,15 8,11 3,15 5,9 1,6 6,6",
  "pentagon": "8,1 15,6 12,15 4,15 1,6",
  "vee": "1,2 8,5 15,2 8,15",
  "octagon": "5,1 11,1 15,5 15,11 11,15 5,15 1,11 1,5",
};

function legend(list, kinds) {
  list.replaceChildren(...kinds.map((kind) => {
    const item = element("li");
    item.append(sample(kind), element("span", `${kind.name} (${kind.count})`));
    return item;
  }));
}

function sample(kind) {
  const svg = document.createElementNS(SVG, "svg");
  const node = kind.of === "nodes";
  svg.setAttribute("width", node ? "16" : "28");
  svg.setAttribute("height", "16");
  svg.setAttribute("aria-hidden", "true");
  const mark = document.createElementNS(SVG, node ? "polygon" : "line");
  const own = node
    ? { points: OUTLINES[kind.shape], fill: kind.colour, stroke: "currentColor" }
    : { x1: 0, y1: 8, x2: 28, y2: 8, "stroke-width": 2.5, "stroke-dasharray": DASHES[kind.line],
        stroke: kind.kind === "TRANSFERRED" ? "currentColor" : kind.colour };
  for (const [name, value] of Object.entries(own)) mark.setAttribute(name, value);
  svg.append(mark);
  return svg;
}
