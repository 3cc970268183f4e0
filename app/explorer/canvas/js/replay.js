// The graph as it was known up to a day: a slider, and a replay of all days.

const DAY = 86400;
const FRAMES = 60;

function setUpReplay(view) {
  const times = view.cy.edges().map((edge) => edge.data("at")).filter((at) => at !== null);
  const box = view.root.querySelector(".replay");
  box.hidden = times.length === 0;
  if (box.hidden) return;
  const slider = box.querySelector("input");
  const first = Math.floor(Math.min(...times) / DAY);
  const last = Math.floor(Math.max(...times) / DAY) + 1;
  Object.assign(slider, { min: first, max: last, step: 1 });
  slider.value = view.until === null ? last : Math.floor(view.until / DAY);
  slider.oninput = () => showUntil(view, Number(slider.value));
  box.querySelector("button").onclick = () => (view.playing ? pause(view) : play(view));
  tellUntil(view);
}

function showUntil(view, day) {
  const last = Number(view.root.querySelector(".replay input").max);
  view.until = day >= last ? null : day * DAY + DAY - 1;
  redraw(view);
  tellUntil(view);
}

function tellUntil(view) {
  const told = view.until === null ? say(view, "always") : dayOf(view.until);
  view.root.querySelector(".replay .day").textContent = told;
  view.root.querySelector(".replay input").setAttribute("aria-valuetext", told);
}

function play(view) {
  const box = view.root.querySelector(".replay");
  const slider = box.querySelector("input");
  const [first, last] = [Number(slider.min), Number(slider.max)];
  const stride = Math.max(1, Math.round((last - first) / FRAMES));
  if (Number(slider.value) >= last) slider.value = first;
  box.querySelector("button").textContent = say(view, "pause");
  view.playing = setInterval(() => {
    const next = Math.min(Number(slider.value) + stride, last);
    slider.value = next;
    showUntil(view, next);
    if (next === last) pause(view);
  }, 100);
}

function pause(view) {
  clearInterval(view.playing);
  view.playing = null;
  view.root.querySelector(".replay button").textContent = say(view, "play");
}
