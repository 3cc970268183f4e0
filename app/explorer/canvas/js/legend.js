// The kinds that are in the picture, how each looks, and how many are shown: pressing one hides it or brings it back.

function showLegend(view) {
  const counts = new Map();
  const { off } = view.history.now;
  view.cy.elements().forEach((each) => {
    const kind = each.data("kind");
    if (isShown(each)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    else if (off.has(kind)) counts.set(kind, counts.get(kind) ?? 0);
  });
  const looks = view.data.looks;
  const order = ([kind, count], [other, more]) =>
    Boolean(looks[other].shape) - Boolean(looks[kind].shape) || more - count || (kind < other ? -1 : 1);
  const list = view.root.querySelector(".legend");
  const focused = list.getRootNode().activeElement?.dataset?.kind;
  list.replaceChildren(...[...counts].sort(order).map(([kind, count]) => {
    const item = element("li");
    const press = button("", () => view.change(({ off: hidden }) => hidden.delete(kind) || hidden.add(kind)));
    press.dataset.kind = kind;
    press.setAttribute("aria-pressed", String(!off.has(kind)));
    press.append(sample(kind, looks[kind]), element("span", `${nameOf(view, kind)} (${number(count)})`));
    item.append(press);
    return item;
  }));
  if (focused) [...list.querySelectorAll("button")].find((each) => each.dataset.kind === focused)?.focus();
}
