// One picture on one page, with everything that was done to it.

const MARGIN = 50; // pixels around the picture

class View {
  constructor(component, kept) {
    Object.assign(this, { component, data: component.data, root: component.parentElement, closed: false, selecting: false });
    Object.assign(this, { history: new History(), until: null, start: null, end: null, homes: 0, more: [] });
    Object.assign(this, { since: new Map(), waiting: new Map(), asked: 0, playing: null, born: Date.now().toString(36) });
    this.first = new Set([...this.data.nodes, ...this.data.edges].map((each) => each.id));
    this.root.querySelector(".help").hidden = true;
    closeMenu(this);
    this.draw(kept);
    this.close = () => this.leave();
  }

  draw(kept) {
    const { nodes, edges, looks } = this.data;
    const container = this.root.querySelector(".canvas");
    const theme = getComputedStyle(container);
    this.ink = () => theme.color;
    this.paper = () => theme.getPropertyValue("--st-background-color").trim() || "#ffffff";
    for (const { id, x, y } of nodes) this.history.now.places.set(id, { x, y });
    this.cy = cytoscape({
      container, layout: { name: "preset" }, style: style(looks, theme), minZoom: 0.05, maxZoom: 4,
      boxSelectionEnabled: true, selectionType: "single", hideEdgesOnViewport: edges.length > 1500,
    });
    if (kept) Object.assign(this, { history: kept.history, until: kept.until, homes: kept.homes });
    this.cy.batch(() => addElements(this, nodes.map(({ x, y, ...node }) => node), edges));
    for (const one of kept?.more ?? []) this.learn(one);
    this.listen();
    this.tell(this.data);
    setUpReplay(this);
    redraw(this);
    if (kept) this.cy.viewport(kept.viewport);
    else this.fit();
  }

  // What an expansion brought is remembered for as long as the page is open, shown or not.
  learn(answer) {
    this.more.push(answer);
    addElements(this, answer.nodes, answer.edges);
  }

  leave() {
    if (this.closed) return;
    pause(this);
    this.closed = true;
    const viewport = { zoom: this.cy.zoom(), pan: { ...this.cy.pan() } };
    keep(this.data.version, { history: this.history, until: this.until, homes: this.homes, more: this.more, viewport });
    this.cy.destroy();
  }

  change(edit, answer = null) {
    this.history.change(edit);
    if (answer) {
      this.learn(answer);
      setUpReplay(this);
    }
    redraw(this);
  }

  travel(way) {
    this.history[way]();
    redraw(this);
    selectionChanged(this);
  }

  listen() {
    const { cy, root } = this;
    const tools = (event) => event.target.closest("button[data-act]");
    root.querySelector(".tools").onclick = (event) => tools(event) && act(this, tools(event).dataset.act);
    listenToKeys(this);
    setUpFinding(this);
    const canvas = root.querySelector(".canvas");
    canvas.oncontextmenu = (event) => event.preventDefault();
    // The library remembers where the canvas is on the page, and does not see the page above it grow.
    canvas.addEventListener("pointerdown", () => { if (!this.closed) cy.resize(); }, true);
    cy.on("select unselect", "node", () => selectionChanged(this));
    cy.on("tap", (event) => {
      closeMenu(this);
      if (event.target === cy) clearSelection(this);
    });
    cy.on("dbltap", "node", () => expand(this));
    cy.on("cxttap", "node", ({ target, renderedPosition }) => {
      if (!target.selected()) selectOnly(this, target);
      queueMicrotask(() => openMenu(this, renderedPosition));
    });
    cy.on("dragfree", "node", () => this.moved());
  }

  // Several nodes that are dragged together are let go one by one: that is one action.
  moved() {
    if (this.moving) return;
    this.moving = true;
    queueMicrotask(() => {
      this.moving = false;
      this.change((state) => this.cy.nodes().forEach((node) => void state.places.set(node.id(), { ...node.position() })));
    });
  }

  zoom(factor) {
    const renderedPosition = { x: this.cy.width() / 2, y: this.cy.height() / 2 };
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition });
  }

  fit() {
    this.cy.fit(shownNodes(this), MARGIN);
  }

  showTools() {
    const { past, future, now } = this.history;
    const tool = (name) => this.root.querySelector(`.tools [data-act="${name}"]`);
    tool("undo").disabled = past.length === 0;
    tool("redo").disabled = future.length === 0;
    tool("restore").hidden = now.gone.size === 0;
    tool("hubs").setAttribute("aria-pressed", String(now.hubs > 0));
  }

  // The same picture, told anew: places and zoom stay when the language changes, or answers arrive.
  tell(data) {
    const spoken = this.language;
    this.data = data;
    this.language = data.language;
    if (spoken !== data.language) {
      fillTexts(this);
      showReasons(this);
      showHints(this);
      showNotice(this);
      if (spoken) {
        clearSelection(this);
        showLegend(this);
        tellUntil(this);
      }
    }
    receive(this, data.answers);
  }
}
