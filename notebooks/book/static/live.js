// Makes a page with cells live, and the page of contents show what has been solved. Browsers load no
// modules from a file, so there a page with cells stays as it is and says so.
const { live } = document.currentScript.dataset;
const isFile = location.protocol === "file:";
if (!isFile && document.querySelector("div.cell, #chapters")) {
  import(new URL(`${document.documentElement.dataset.content_root}${live}/page.js`, location.href));
}
if (isFile && document.querySelector("div.cell_input")) {
  const note = document.createElement("p");
  const command = document.createElement("code");
  command.textContent = "python3 -m http.server";
  note.className = "from-file";
  note.append(
    "Opened as a file, this page shows its cells but cannot run them. It can when a server shows it: call ",
    command,
    " in the book's folder, and open the address that it prints.",
  );
  document.querySelector("article h1").after(note);
}
