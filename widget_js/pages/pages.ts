/** What pages drawn by the server do better with a script; all of them work without. */

const zones = document.querySelector<HTMLSelectElement>("select[data-guess]");
if (zones !== null) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if ([...zones.options].some((option) => option.value === timeZone)) zones.value = timeZone;
}

const short = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
for (const time of document.querySelectorAll("time")) {
  time.textContent = short.format(new Date(time.dateTime));
}

export {};
