// Where a film is wider than the page, it scrolls to what moves.
function follow(part) {
  for (const counter of part.querySelectorAll(".bar output")) {
    const film = counter.closest(".bar").parentElement;
    new MutationObserver(() => scrollToTurn(film)).observe(counter, { childList: true });
  }
}

function scrollToTurn(film) {
  const view = film.querySelector(".view");
  const moving = film.querySelectorAll(".view .turn, .view .lit");
  if (!view || moving.length === 0 || view.scrollWidth <= view.clientWidth) return;
  const boxes = [...moving].map((one) => one.getBoundingClientRect());
  let [left, right] = [
    Math.min(...boxes.map((b) => b.left)),
    Math.max(...boxes.map((b) => b.right)),
  ];
  // What does not fit beside its operands is shown itself.
  if (right - left > view.clientWidth) [{ left, right }] = boxes;
  const middle = (left + right) / 2 - view.getBoundingClientRect().left;
  view.scrollBy({ left: middle - view.clientWidth / 2, behavior: "smooth" });
}

follow(document);
document.addEventListener("shown", ({ target }) => follow(target));
