// Small comforts for readers; every page works without them.

markSoughtWords();
offerCopies();
offerZoom();
unfoldOnPaper();

// "/" goes to the search field, or to the search page, as in other archives.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.closest("input, textarea, select, [contenteditable]")) return;
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("input[type=search]"));
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".to-search a"));
  if (field) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (link) {
    event.preventDefault();
    link.click();
  }
});
