// The picture as a file, as it is shown: masked, and with text that stays text.

const LONGEST = 8000; // pixels of a side

function exportPng(view) {
  const bg = view.paper();
  const blob = view.cy.png({ output: "blob", full: true, scale: 2, maxWidth: LONGEST, maxHeight: LONGEST, bg });
  save(view, blob, "png");
}

function exportSvg(view) {
  const shown = shownElements(view);
  const box = shown.boundingBox();
  const [wide, high] = [box.w + 40, box.h + 40];
  const svg = svgElement("svg", { viewBox: `${box.x1 - 20} ${box.y1 - 20} ${wide} ${high}`, width: wide, height: high,
    "font-family": "sans-serif", "font-size": 11 });
  svg.append(svgElement("rect", { x: box.x1 - 20, y: box.y1 - 20, width: wide, height: high, fill: view.paper() }));
  shown.edges().forEach((edge) => svg.append(...edgeMarks(view, edge)));
  shown.nodes().forEach((node) => svg.append(...nodeMarks(view, node)));
  save(view, new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }), "svg");
}

function edgeMarks(view, edge) {
  const [from, to] = [edge.source().position(), edge.target().position()];
  const dashes = DASHES[view.data.looks[edge.data("kind")].line];
  const stroke = edge.style("line-color");
  const marks = [svgElement("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke, opacity: edge.style("opacity"),
    "stroke-width": edge.data("width"), "stroke-dasharray": dashes })];
  if (edge.data("kind") === "TRANSFERRED") {
    const away = edge.target().width() / 2 + 2, long = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const [x, y] = [(to.x - from.x) / long, (to.y - from.y) / long];
    const tip = (back, aside) => `${to.x - x * (away + back) - y * aside},${to.y - y * (away + back) + x * aside}`;
    marks.push(svgElement("polygon", { points: [tip(0, 0), tip(9, 5), tip(9, -5)].join(" "), fill: stroke }));
    marks.push(svgText(edge.data("label"), (from.x + to.x) / 2, (from.y + to.y) / 2, view));
  }
  return marks;
}

function nodeMarks(view, node) {
  const look = view.data.looks[node.data("kind")];
  const { x, y } = node.position();
  const size = node.data("size");
  const mark = svgElement("g", { transform: `translate(${x - size / 2} ${y - size / 2}) scale(${size / 16})`,
    opacity: node.style("opacity") });
  const own = { fill: look.colour, stroke: view.ink(), "stroke-width": 0.8 };
  mark.append(look.shape === "ellipse" ? svgElement("circle", { cx: 8, cy: 8, r: 7, ...own })
    : svgElement("polygon", { points: OUTLINES[look.shape], ...own }));
  if (look.icon) {
    const inner = svgElement("g", { transform: "translate(4 4) scale(0.333)" });
    inner.append(iconPath(look));
    mark.append(inner);
  }
  return [mark, svgText(node.data("label"), x, y + size / 2 + 13, view)];
}

function svgText(text, x, y, view) {
  const made = svgElement("text", { x, y, fill: view.ink(), "text-anchor": "middle", stroke: view.paper(),
    "stroke-width": 2, "paint-order": "stroke" });
  made.textContent = xmlText(text);
  return made;
}

// Characters that no XML file may hold, not even escaped, would make the whole file unreadable.
function xmlText(text) {
  return text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}

function save(view, blob, suffix) {
  const link = element("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${view.data.name.replace(/[^\w-]/g, "_")}.${suffix}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
