// Inline keyboards and the reply keyboard.
import { element, icon } from "./dom.js";
import { say } from "./language.js";

/** A message's inline keyboard; `pressed(button, element)` is called for each press. Null if there is none. */
export function inlineKeyboard(markup, pressed) {
  if (!markup?.inline_keyboard?.length) {
    return null;
  }
  const rows = markup.inline_keyboard.map((row) =>
    element("div", { class: "row" }, row.map((button) => inlineButton(button, pressed))));
  return element("div", { class: "inline-keyboard", role: "group", "aria-label": say("message_buttons") }, rows);
}

function inlineButton(button, pressed) {
  const made = element("button", { type: "button", "data-style": button.style,
    "aria-label": button.url ? say("opens_link", { name: button.text }) : null,
    onclick: () => pressed(button, made) },
  element("span", {}, button.text), corner(button));
  return made;
}

function corner(button) {
  if (button.url) {
    return icon("link");
  }
  if (button.copy_text) {
    return icon("copy");
  }
  const inline = ["switch_inline_query", "switch_inline_query_current_chat"].some((name) => name in button);
  return inline ? icon("search") : null;
}

/** The bot's reply keyboard. Null if there is none. */
export function replyKeyboard(markup, pressed) {
  if (!markup?.keyboard?.length) {
    return null;
  }
  return markup.keyboard.map((row) => element("div", { class: "row" }, row.map((wish) => {
    const button = typeof wish === "string" ? { text: wish } : wish;
    return element("button", { type: "button", onclick: () => pressed(button) }, replyIcon(button), button.text);
  })));
}

function replyIcon(button) {
  if (button.request_contact) {
    return icon("contact");
  }
  return button.request_location ? icon("location") : null;
}

/** Arrow keys, Home and End move the focus between `selector`'s elements in `box`. */
export function arrowKeys(box, selector, { columns = false } = {}) {
  const next = { ArrowDown: 1, ArrowUp: -1, ...(columns ? { ArrowRight: 1, ArrowLeft: -1 } : {}) };
  box.addEventListener("keydown", (event) => {
    const all = [...box.querySelectorAll(selector)];
    const at = all.indexOf(document.activeElement);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const ends = { Home: all[0], End: all.at(-1) };
    const target = event.key in next ? all[at + next[event.key]] : ends[event.key];
    if (target) {
      event.preventDefault();
      target.focus();
    }
  });
}
