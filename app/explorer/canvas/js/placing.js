// Places for new nodes around one that is there, with all others left where they are.

const ROOM = 72; // pixels between neighbours
const RINGS = 80;

function placesAround(view, centre, count) {
  const cell = (x, y) => `${Math.round(x / ROOM)} ${Math.round(y / ROOM)}`;
  const near = (x, y) => [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => cell(x + dx * ROOM, y + dy * ROOM)));
  const occupied = new Map();
  const put = (at) => {
    const key = cell(at.x, at.y);
    occupied.set(key, [...(occupied.get(key) ?? []), at]);
  };
  const free = (at) => near(at.x, at.y).every((key) =>
    (occupied.get(key) ?? []).every((other) => Math.hypot(other.x - at.x, other.y - at.y) >= ROOM * 0.85));
  shownNodes(view).forEach((node) => put(node.position()));
  const found = [];
  for (let ring = 1; ring <= RINGS && found.length < count; ring++) {
    const radius = ring * ROOM * 1.2;
    const steps = Math.floor((2 * Math.PI * radius) / ROOM);
    for (let step = 0; step < steps && found.length < count; step++) {
      const turn = (2 * Math.PI * step) / steps;
      const at = { x: centre.x + radius * Math.sin(turn), y: centre.y - radius * Math.cos(turn) };
      if (!free(at)) continue;
      found.push(at);
      put(at);
    }
  }
  return found;
}
