// What the analyst has done to the picture. An action makes a new state from the last one; to undo is to go back to it.

const REMEMBERED = 200;

function emptyState() {
  return {
    places: new Map(), // node id to {x, y}, of all nodes that were ever shown
    gone: new Set(), // dismissed nodes
    pinned: new Set(),
    off: new Set(), // kinds that the legend hides
    homes: new Map(), // id of a household to the ids of its members
    grown: new Map(), // id of an expanded node to {nodes, edges, said}: what its expansion brought
    hubs: 0, // identifiers that more people share are hidden; 0: none
  };
}

function copied(state) {
  const copy = { ...state };
  for (const [name, value] of Object.entries(state)) {
    if (value instanceof Map) copy[name] = new Map(value);
    if (value instanceof Set) copy[name] = new Set(value);
  }
  return copy;
}

class History {
  constructor() {
    this.now = emptyState();
    this.past = [];
    this.future = [];
  }

  change(edit) {
    this.past.push(this.now);
    if (this.past.length > REMEMBERED) this.past.shift();
    this.future = [];
    this.now = copied(this.now);
    edit(this.now);
  }

  undo() {
    if (this.past.length === 0) return;
    this.future.push(this.now);
    this.now = this.past.pop();
  }

  redo() {
    if (this.future.length === 0) return;
    this.past.push(this.now);
    this.now = this.future.pop();
  }
}
