// Makes a page with cells live, and the page of contents show what has been solved. Opened as a file
// a page stays as it is: browsers load no modules from there.
const { live } = document.currentScript.dataset;
if (location.protocol !== "file:" && document.querySelector("div.cell, #chapters")) {
  import(new URL(`${document.documentElement.dataset.content_root}${live}/page.js`, location.href));
}
