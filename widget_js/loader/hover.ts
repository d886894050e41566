/** In front of the loader where the launcher opens on hover: a mouse that rests on it opens the panel, without taking the keys from the page. */
const RESTS_MS = 150;
const AFTERTHOUGHT_MS = 900;

window.__switchboard!.hover = (button, show, open) => {
  let opened = -AFTERTHOUGHT_MS;
  button.onpointerenter = ({ pointerType }) => {
    if (pointerType === "mouse") setTimeout(rested, RESTS_MS);
  };
  const rested = () => {
    if (!button.matches(":hover") || button.getAttribute("aria-expanded") === "true") return;
    opened = performance.now();
    show();
  };
  // Who clicks what has just opened by itself does not mean to close it, but to write.
  const clicked = (event: Event) => {
    if (performance.now() - opened > AFTERTHOUGHT_MS) return;
    event.stopImmediatePropagation();
    open();
  };
  button.addEventListener("click", clicked, { capture: true });
};
