// How the elements look: colour, outline and icon tell a kind of node, colour and dashes a kind of edge.

function style(looks, theme) {
  const ink = theme.color;
  const paper = theme.getPropertyValue("--st-background-color").trim() || "#ffffff";
  const outlined = { color: ink, "text-outline-color": paper, "text-outline-width": 2 };
  const rules = [
    { selector: "node", style: { ...outlined,
      label: "data(label)", width: "data(size)", height: "data(size)", "font-size": 11, "min-zoomed-font-size": 7,
      "text-valign": "bottom", "text-margin-y": 4, "border-width": 1.5, "border-color": ink } },
    { selector: "edge", style: { width: "data(width)", "curve-style": "straight", opacity: 0.75 } },
    { selector: "edge[kind = 'TRANSFERRED']", style: { ...outlined,
      "curve-style": "bezier", "target-arrow-shape": "triangle", label: "data(label)", "font-size": 10,
      "min-zoomed-font-size": 8, "text-rotation": "autorotate" } },
  ];
  for (const [kind, look] of Object.entries(looks)) {
    const colour = kind === "TRANSFERRED" ? ink : look.colour;
    rules.push(look.shape
      ? { selector: `node[kind = '${kind}']`, style: { "background-color": colour, shape: look.shape, ...icon(look) } }
      : { selector: `edge[kind = '${kind}']`, style: {
          "line-color": colour, "target-arrow-color": colour, "line-style": look.line } });
  }
  return [...rules,
    { selector: ".pinned", style: { "border-style": "double", "border-width": 5 } },
    { selector: ".ends", style: { "underlay-color": "#D55E00", "underlay-opacity": 0.5, "underlay-padding": 8 } },
    { selector: ".hit", style: { "underlay-color": "#B8A000", "underlay-opacity": 0.5, "underlay-padding": 8 } },
    { selector: ".faded", style: { opacity: 0.12, "text-opacity": 0.12 } },
    { selector: ":selected", style: { "border-width": 4, "underlay-color": ink, "underlay-opacity": 0.2, "underlay-padding": 5 } },
    { selector: ".out", style: { display: "none" } },
  ];
}
