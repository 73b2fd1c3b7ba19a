// Dialogs that ask for input: a person, a contact, a location, a time.
import { element } from "./dom.js";
import { say } from "./language.js";

let lastId = 0;

/**
 * A dialog with a form. Resolves to the form's values by name, or null if it was cancelled.
 * `rows`: nodes of the form; `note`: a sentence under the title.
 */
export function askForm({ title, note, rows, yes }) {
  return new Promise((resolve) => {
    let values = null;
    const heading = `dialog-${lastId += 1}`;
    const form = element("form", { method: "dialog", onsubmit: () => {
      values = Object.fromEntries(new FormData(form));
    } },
    element("h2", { id: heading }, title), note && element("p", { class: "note" }, note), rows,
    element("div", { class: "dialog-buttons" },
      element("button", { type: "button", class: "plain", onclick: () => box.close() }, say("cancel")),
      element("button", { type: "submit", class: "primary" }, yes)));
    const box = element("dialog", { "aria-labelledby": heading, onclose: () => {
      box.remove();
      resolve(values);
    } }, form);
    document.body.append(box);
    box.showModal();
  });
}

/** A labelled input with a `hint` under it. */
export function field(words, attributes, hint) {
  const id = `field-${lastId += 1}`;
  return element("div", { class: "field" },
    element("label", { for: id }, words),
    element("input", { id, autocomplete: "off", "aria-describedby": hint ? `${id}-hint` : null, ...attributes }),
    hint && element("p", { id: `${id}-hint`, class: "note" }, hint));
}

/** A labelled list of choices; `choices`: [value, words] pairs. */
export function selection(words, attributes, choices) {
  const id = `field-${lastId += 1}`;
  return element("div", { class: "field" },
    element("label", { for: id }, words),
    element("select", { id, ...attributes },
      choices.map(([value, shown]) => element("option", { value }, shown))));
}

export function checkbox(words, attributes) {
  return element("label", { class: "check" }, element("input", { type: "checkbox", ...attributes }), words);
}
