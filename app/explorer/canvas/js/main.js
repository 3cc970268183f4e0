// Streamlit calls this when the picture is put on the page, and again whenever what it is given changes.

const cytoscape = globalThis.cytoscape;
const drawn = new WeakMap();
const REMEMBERED_PICTURES = 20;
// The module may be loaded anew when the analyst comes back to a ring; what he did to it is kept beside it.
const pictures = (globalThis[Symbol.for("ringfence.pictures")] ??= new Map());

function keep(version, picture) {
  pictures.delete(version);
  pictures.set(version, picture);
  if (pictures.size > REMEMBERED_PICTURES) pictures.delete(pictures.keys().next().value);
}

export default function (component) {
  const { data, parentElement } = component;
  const before = drawn.get(parentElement);
  if (before && !before.closed && before.data.version === data.version) {
    before.component = component;
    before.tell(data);
    return before.close;
  }
  before?.close();
  const view = new View(component, pictures.get(data.version));
  drawn.set(parentElement, view);
  return view.close;
}
