// The language of the page itself; a person's Telegram language is another matter.
import { TEXTS } from "./texts.js";

const KEPT = "page-language";

/** What was chosen before, else the first of the browser's languages that the page has, else Kazakh. */
function chosen() {
  const wished = [recall(), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return wished.find((code) => code in TEXTS) ?? "kk";
}

function recall() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // storage can be forbidden; then nothing is remembered
  }
}

export let language = chosen();

/** The text of a key in the page's language, with {places} filled. */
export function say(key, places = {}) {
  const text = TEXTS[language][key];
  return text.replace(/\{(\w+)\}/g, (whole, place) => places[place] ?? whole);
}

/** Switch, remember, and write the texts that stand in index.html again. */
export function switchTo(code) {
  language = code;
  try {
    localStorage.setItem(KEPT, code);
  } catch {
    // not remembered: see above
  }
  translatePage();
}

/** data-text gives an element's text, data-label its accessible name and hint, data-hint its placeholder. */
export function translatePage() {
  document.documentElement.lang = language;
  document.title = say("title");
  for (const node of document.querySelectorAll("[data-text]")) {
    node.textContent = say(node.dataset.text);
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", say(node.dataset.label));
    if (node.tagName === "BUTTON") {
      node.title = say(node.dataset.label);
    }
  }
  for (const node of document.querySelectorAll("[data-hint]")) {
    node.placeholder = say(node.dataset.hint);
  }
}
