// The button of the page changes language and direction; the choice is only for this visit.
"use strict";
(function () {
  const root = document.documentElement;
  function set(language) {
    root.lang = language;
    root.dir = language === "ar" ? "rtl" : "ltr";
    document.dispatchEvent(new CustomEvent("language"));
  }
  const button = document.getElementById("language");
  if (button) {
    button.addEventListener("click", () => set(root.lang === "ar" ? "en" : "ar"));
  }
})();
