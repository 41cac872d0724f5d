// Without a choice of one's own the page follows the device. Loaded before the style sheets, so that nothing flashes.
(() => {
  const root = document.documentElement;
  if (root.dataset.bsTheme) return;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => { root.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  dark.addEventListener("change", follow);
  follow();
})();
