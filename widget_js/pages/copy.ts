/** Copy buttons of pages that the server draws: without JavaScript they stay hidden, and the address can be selected. */
const SHOWN_MS = 2_000;
const said = document.querySelector("[data-copied]");

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copies]")) {
  const field = document.getElementById(button.dataset.copies!) as HTMLInputElement;
  const label = button.querySelector("span")!;
  const before = label.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    void copied(field).then((done) => {
      label.textContent = done ? "Copied" : "Press Ctrl C";
      if (said) said.textContent = done ? "The address is copied" : "The address is selected: press Ctrl and C";
      setTimeout(() => (label.textContent = before), SHOWN_MS);
    });
  });
}

/** Where the clipboard is refused, the text is selected for the keyboard. */
async function copied(field: HTMLInputElement): Promise<boolean> {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return false;
  }
}

export {};
