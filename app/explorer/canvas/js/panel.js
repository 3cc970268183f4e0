// Beside the picture: what is selected, and the reasons, each of which lights up what it rests on.

const LISTED = 30;

function showPanel(view, children) {
  view.root.querySelector(".selected").replaceChildren(...children);
  view.root.querySelector(".grow").replaceChildren();
  view.root.querySelector(".chosen").hidden = children.length === 0;
  view.root.querySelector(".panel").scrollTop = 0;
}

function showSelected(view, nodes) {
  const one = nodes.length === 1 ? nodes[0] : null;
  const told = one ? describe(view, one) : [element("h4", say(view, "several", { number: nodes.length })), listed(view, nodes)];
  const bar = element("div", "", "acts");
  bar.append(...fitting(view, nodes).map((name) => button(label(view, name), () => act(view, name))));
  showPanel(view, [...told, bar]);
  announce(view, one ? `${nameOf(view, one.data("kind"))} ${one.data("title")}. ${tied(view, one)}` : told[0].textContent);
}

function describe(view, node) {
  const known = element("dl");
  known.append(element("dt", nameOf(view, "kind")), element("dd", nameOf(view, node.data("kind"))));
  for (const [code, value] of node.data("facts")) known.append(element("dt", nameOf(view, code)), element("dd", value));
  const grown = (view.history.now.grown.get(node.id())?.said ?? []).map((line) => element("p", line, "hint"));
  return [element("h4", node.data("title")), known, element("p", tied(view, node)), ...grown];
}

function tied(view, node) {
  const near = node.neighborhood("node").filter(isShown);
  return say(view, "tied", { number: near.length, names: titles(view, near) });
}

function titles(view, nodes) {
  const names = nodes.map((node) => node.data("title"));
  const rest = names.length - LISTED;
  return (rest > 0 ? [...names.slice(0, LISTED), say(view, "more", { number: rest })] : names).join(", ");
}

const listed = (view, nodes) => element("p", titles(view, nodes));

function showReasons(view) {
  const { data, root } = view;
  const list = root.querySelector(".reasons");
  list.lang = data.language;
  list.replaceChildren(...data.reasons.map((reason) => {
    const press = button(reason.text, () => pressReason(view, press, reason.code), "reason");
    press.setAttribute("aria-pressed", "false");
    const bar = element("span", "", "bar");
    bar.style.width = `${Math.round(reason.share * 100)}%`;
    press.append(bar);
    const item = element("li");
    item.append(press);
    if (reason.compared) item.append(element("p", reason.compared, "compared"));
    item.append(evidence(reason));
    return item;
  }));
}

function pressReason(view, press, code) {
  const on = press.getAttribute("aria-pressed") === "true";
  clearSelection(view);
  if (on) return;
  queueMicrotask(() => {
    press.setAttribute("aria-pressed", "true");
    const found = view.cy.elements().filter((item) => item.data("codes").includes(code));
    if (found.nonempty()) light(view, found); // some reasons are measured over the whole ring
  });
}

function evidence(reason) {
  if (reason.unseen) return element("p", reason.unseen, "hint");
  const shown = factList(reason.evidence);
  if (reason.rest.length === 0) return shown;
  const more = element("details");
  more.append(element("summary", reason.folded), factList(reason.rest));
  if (reason.left_out) more.append(element("p", reason.left_out, "hint"));
  const both = element("div");
  both.append(shown, more);
  return both;
}

function factList(lines) {
  const list = element("ul", "", "evidence");
  list.append(...lines.map((line) => element("li", line)));
  return list;
}

function showHints(view) {
  const hints = ["hint", "box"].map((name) => element("p", say(view, name), "hint"));
  view.root.querySelector(".hints").replaceChildren(...hints);
}

// Above the picture of a large ring: what is not in it, and the way to all of it.
function showNotice(view) {
  const { data } = view;
  const lines = [];
  if (data.grouped) lines.push(say(view, "grouped"));
  if (data.left_out) lines.push(say(view, "left_out", { number: number(data.left_out) }));
  if (!data.drawable) lines.push(say(view, "too_large", { number: number(data.size) }));
  const notice = lines.length ? [element("span", lines.join(" "))] : [];
  if (data.large && data.drawable) {
    const text = data.grouped ? say(view, "whole", { number: number(data.size) }) : say(view, "groups");
    notice.push(button(text, () => view.component.setStateValue("whole", data.grouped)));
  }
  const box = view.root.querySelector(".notice");
  box.hidden = !data.large;
  box.replaceChildren(...notice);
}
