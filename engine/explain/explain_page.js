/**
 * What runs in the page: sets the formulas in type. It is sent to the page as
 * text, so it must not use anything from outside of itself.
 *
 * @param {HTMLScriptElement} script the element that runs it, inside the display's own element.
 */
export function typeset(script) {
  const root = script.parentElement;
  const formulas = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
  root.querySelectorAll(".formula").forEach((place, i) => {
    place.innerHTML = formulas[i];
  });
}
