// Pictures made from the palette's own constants; nothing of a lender's data gets here.

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

function svgElement(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// Black on light colours, white on dark ones (WCAG relative luminance, at the middle of its contrast).
function inkOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#000000" : "#ffffff";
}

function iconPath(look) {
  return svgElement("path", { d: look.icon, fill: "none", stroke: inkOn(look.colour), "stroke-width": 2.4,
    "stroke-linecap": "round", "stroke-linejoin": "round" });
}

function icon(look) {
  if (!look.icon) return {};
  const svg = svgElement("svg", { width: 48, height: 48, viewBox: "0 0 24 24" });
  svg.append(iconPath(look));
  const image = `data:image/svg+xml;utf8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  return { "background-image": image, "background-width": "58%", "background-height": "58%" };
}

// What a kind looks like, beside its name in the legend.
function sample(kind, look) {
  const node = Boolean(look.shape);
  const svg = svgElement("svg", { width: node ? 16 : 28, height: 16, "aria-hidden": "true" });
  svg.append(node
    ? svgElement("polygon", { points: OUTLINES[look.shape], fill: look.colour, stroke: "currentColor" })
    : svgElement("line", { x1: 0, y1: 8, x2: 28, y2: 8, "stroke-width": 2.5, "stroke-dasharray": DASHES[look.line],
        stroke: kind === "TRANSFERRED" ? "currentColor" : look.colour }));
  return svg;
}
