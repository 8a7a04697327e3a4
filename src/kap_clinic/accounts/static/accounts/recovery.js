// Prints the recovery codes, and lets the page go on once they are said to be kept.
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
