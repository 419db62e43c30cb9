// Choosing from a dialog without a mouse or without seeing it: Wagtail gives the dialog no name, leaves the focus on it
// when it opens, and on nothing when it closes, for the button that opened it is hidden once something is chosen.
// Choosing topics: what one types into is put in the place of the field that the label and its help belong to.
let chooser = null;

document.addEventListener("click", (event) => {
  chooser = event.target.closest("[data-chooser-action-choose]")?.closest(".chooser") ?? chooser;
});

// Bootstrap and jQuery UI tell only jQuery.
window.jQuery(document)
  .on("tagitcreate", ({ target }) => {
    const typed = target.nextElementSibling.querySelector("input");
    typed.id = `${target.id}-typed`;
    typed.setAttribute("aria-describedby", target.getAttribute("aria-describedby") ?? "");
    for (const label of [...target.labels]) label.htmlFor = typed.id;
  })
  .on("shown.bs.modal", ({ target }) => {
    target.setAttribute("aria-label", target.querySelector("h1")?.textContent.trim() ?? "");
    target.querySelector("[data-chooser-modal-search] input")?.focus();
  })
  .on("hidden.bs.modal", () => {
    if (document.activeElement === document.body) chooser?.widget?.focus();
  });
