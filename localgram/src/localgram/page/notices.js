// Notices beside the chat: a toast that disappears by itself, an alert that waits.
import { byId, element } from "./dom.js";
import { say } from "./language.js";

const TOAST_MS = 4000;

export function toast(text) {
  const note = element("div", { class: "toast" }, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

/** The alert of answerCallbackQuery with show_alert. Resolves when it is closed. */
export function alertBox(text) {
  return ask(text, [{ words: say("ok"), value: true }]);
}

/** A question with yes and no; resolves to whether the answer was yes. */
export function confirmBox(text, yes) {
  return ask(text, [{ words: say("cancel"), value: false }, { words: yes, value: true }]);
}

function ask(text, choices) {
  return new Promise((resolve) => {
    let value = false;
    const close = (chosen) => {
      value = chosen;
      box.close();
    };
    const buttons = choices.map((choice, index) => element("button", { type: "button",
      class: index === choices.length - 1 ? "primary" : "plain", autofocus: index === choices.length - 1,
      onclick: () => close(choice.value) }, choice.words));
    const box = element("dialog", { class: "alert", role: "alertdialog", "aria-describedby": "alert-text",
      "aria-label": say("title"), onclose: () => {
        box.remove();
        resolve(value);
      } }, element("p", { id: "alert-text" }, text), element("div", { class: "dialog-buttons" }, buttons));
    document.body.append(box);
    box.showModal();
  });
}

/** Show an error. */
export function showError(error) {
  toast(say("failed", { reason: error.message }));
}
