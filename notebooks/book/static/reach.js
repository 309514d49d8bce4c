// What whoever uses a keyboard or a screen reader needs, and the theme lacks: a box that scrolls can
// be reached and then moved by the arrow keys, and the headings of the contents have their level.
for (const caption of document.querySelectorAll('.caption[role="heading"]')) {
  caption.ariaLevel = "2";
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
const boxes = "pre, figure, div.output.text_html, div.math, .table-wrapper, .view";
function observeBoxes(part) {
  for (const box of part.querySelectorAll(boxes)) sizes.observe(box);
}
observeBoxes(document);
document.addEventListener("shown", ({ target }) => observeBoxes(target));
