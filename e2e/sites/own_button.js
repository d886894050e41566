window.Switchboard = window.Switchboard || function () { (Switchboard.q = Switchboard.q || []).push(arguments) };
addEventListener("load", () => {
  Switchboard("open");
  Switchboard("on", "ready", () => {});
  document.title = "went on";
});
