// The language of the page itself, independent of a person's Telegram language.
import { TEXTS } from "./texts.js";

const KEPT = "page-language";

/** The language chosen earlier, else the browser's first supported one, else Kazakh. */
function chosen() {
  const wished = [recall(), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return wished.find((code) => code in TEXTS) ?? "kk";
}

function recall() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // storage can be disabled; then nothing is remembered
  }
}

export let language = chosen();

/** The text of a key in the page's language, with its {placeholders} filled. */
export function say(key, values = {}) {
  const text = TEXTS[language][key];
  return text.replace(/\{(\w+)\}/g, (match, name) => values[name] ?? match);
}

/** Switch to a language, remember it and translate index.html again. */
export function switchTo(code) {
  language = code;
  try {
    localStorage.setItem(KEPT, code);
  } catch {
    // not remembered: see above
  }
  translatePage();
}

/** data-text is the key of an element's text, data-label of its label and tooltip, data-hint of its placeholder. */
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
