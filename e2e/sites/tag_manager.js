// Long after the page, an element made by hand, of which nothing but the address is known.
addEventListener("load", () => setTimeout(() => {
  const tag = document.createElement("script");
  tag.src = "LOADER";
  document.head.append(tag);
}, 100));
