// A video on another host is loaded when the reader asks for it, not before; without this file its link opens there.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-player]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = link.dataset.player;
  frame.title = link.dataset.title;
  frame.className = "video-frame";
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(frame);
  frame.focus();
});
