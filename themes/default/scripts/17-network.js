/** Buttons that enlarge the drawing of who writes and signs together, which scrolls then. */
function offerZoom() {
  const drawing = /** @type {HTMLElement | null} */ (document.querySelector(".network .drawing"));
  const svg = drawing?.querySelector("svg");
  const line = document.querySelector(".network .zoom");
  if (!drawing || !svg || !line) return;
  const { larger = "", smaller = "" } = drawing.dataset;
  const most = 4;
  let factor = 1;
  const button = (/** @type {string} */ sign, /** @type {string} */ label, /** @type {number} */ by) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: sign });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => zoom(by));
    line.append(made, " ");
    return made;
  };
  const buttons = [button("−", smaller, 1 / 1.5), button("+", larger, 1.5)];

  function zoom(/** @type {number} */ by) {
    if (!drawing || !svg) return;
    // What is in the middle stays there.
    const middle = (drawing.scrollLeft + drawing.clientWidth / 2) / drawing.scrollWidth;
    factor = Math.min(most, Math.max(1, factor * by));
    svg.style.maxWidth = factor > 1 ? "none" : "";
    svg.style.width = factor > 1 ? `${Math.round(Number(svg.getAttribute("width")) * factor)}px` : "";
    drawing.scrollLeft = middle * drawing.scrollWidth - drawing.clientWidth / 2;
    buttons[0].disabled = factor <= 1;
    buttons[1].disabled = factor >= most;
  }
  zoom(1);
}
