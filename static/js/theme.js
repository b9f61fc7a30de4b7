// @ts-check
/* Sets the chosen theme before the first paint; loaded without defer, ahead of the style sheets. */
(() => {
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // A browser that refuses storage keeps to the system's own theme.
  }
})();
