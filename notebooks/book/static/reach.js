// What whoever uses a keyboard or a screen reader needs, and the theme lacks: a box that scrolls can
// be reached and then moved by the arrow keys, and the headings of the contents have their level.
// What everybody needs: to see on which side of such a box there is more.
for (const caption of document.querySelectorAll('.caption[role="heading"]')) {
  caption.ariaLevel = "2";
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
    showMore(target);
  }
});
function showMore(box) {
  const rest = box.scrollWidth - box.clientWidth - box.scrollLeft;
  box.classList.toggle("more-left", box.scrollLeft > 1);
  box.classList.toggle("more-right", rest > 1);
}
document.addEventListener("scroll", ({ target }) => {
  if (target instanceof Element && target.matches(boxes)) showMore(target);
}, { capture: true, passive: true });
const boxes = "pre, figure, div.output.text_html, div.math, .table-wrapper, .view, .part, " +
  ".chainrule-explain > div";
function observeBoxes(part) {
  for (const box of part.querySelectorAll(boxes)) sizes.observe(box);
}
observeBoxes(document);
document.addEventListener("shown", ({ target }) => observeBoxes(target));
