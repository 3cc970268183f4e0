// Finds nodes by any part of what is shown of them.

function setUpFinding(view) {
  const input = view.root.querySelector(".find");
  let found = [], at = -1;
  input.oninput = () => {
    found = input.value.trim() ? matches(view, input.value.trim().toLowerCase()) : [];
    at = -1;
    view.cy.batch(() => {
      view.cy.nodes().removeClass("hit");
      for (const node of found) node.addClass("hit");
    });
    announce(view, input.value.trim() ? say(view, "found", { number: found.length }) : "");
  };
  input.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") view.root.querySelector(".canvas").focus();
    if (event.key !== "Enter" || found.length === 0) return;
    at = (at + (event.shiftKey ? found.length - 1 : 1)) % found.length;
    selectOnly(view, found[at]);
    view.cy.center(found[at]);
  };
}

function matches(view, wanted) {
  return shownNodes(view).filter((node) => {
    const facts = node.data("facts").map(([, value]) => value);
    return [node.data("title"), nameOf(view, node.data("kind")), ...facts].some((text) => text.toLowerCase().includes(wanted));
  }).toArray();
}
