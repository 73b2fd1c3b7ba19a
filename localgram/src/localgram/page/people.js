// The list of people on the left, each with their own chat.
import { byId, element } from "./dom.js";
import { askForm, field, selection } from "./dialogs.js";
import { arrowKeys } from "./keyboards.js";
import { language, say } from "./language.js";
import { excerpt } from "./message.js";
import { TEXTS } from "./texts.js";

const HUES = [187, 28, 262, 142, 338, 214, 48, 300];
const CODE_PATTERN = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?";

let drawn = ""; // what the list was last drawn from

/** A coloured disc with initials; a person always has the same colour. */
export function avatar(name, number) {
  const letters = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]).join("");
  const disc = element("span", { class: "avatar", "aria-hidden": "true" }, letters.toUpperCase());
  disc.style.setProperty("--hue", HUES[number % HUES.length]);
  return disc;
}

/** Draw the list. `current`: whose chat is open; `unread(person)`; `open(person)` is called on choice. */
export function showPeople(people, { current, unread, open }) {
  const print = JSON.stringify([language, current, people, people.map(unread)]);
  if (print === drawn) {
    return; // redrawing would lose focus and hover
  }
  drawn = print;
  const list = byId("people");
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  list.replaceChildren(...people.map((person) => element("li", {}, entry(person, { current, unread, open }))));
  list.querySelector(`[data-id="${focused}"]`)?.focus();
}

function entry(person, { current, unread, open }) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return element("button", { type: "button", class: "person", "data-id": person.id,
    "aria-current": person.id === current ? "true" : null, onclick: () => open(person) },
  avatar(name, person.id),
  element("span", { class: "person-name" }, name),
  element("span", { class: "person-language" }, TEXTS[person.language_code]?.name ?? person.language_code ?? ""),
  element("span", { class: "person-last" }, person.last ? excerpt(person.last) : say("no_messages")),
  unread(person) && element("span", { class: "unread" }, element("span", { class: "visually-hidden" }, say("unread"))));
}

export function preparePeople() {
  arrowKeys(byId("people"), "button");
}

/** Ask for a name and a language; resolves to a body for POST /people, or null. */
export async function askPerson() {
  const code = field(say("language_code"), { name: "code", pattern: CODE_PATTERN, maxlength: 12 },
    say("language_code_hint"));
  code.hidden = true;
  const chosen = (event) => {
    code.hidden = event.target.value !== "";
    code.querySelector("input").required = !code.hidden;
  };
  const known = Object.entries(TEXTS).map(([value, texts]) => [value, texts.name]);
  const values = await askForm({ title: say("add_person"), note: say("people_hint"), yes: say("add"), rows: [
    field(say("first_name"), { name: "first_name", required: true, maxlength: 64, pattern: ".*\\S.*" }),
    selection(say("person_language"), { name: "language", onchange: chosen }, [...known, ["", say("other_language")]]),
    code,
  ] });
  return values
    && { first_name: values.first_name.trim(), language_code: values.language || values.code.toLowerCase() };
}
