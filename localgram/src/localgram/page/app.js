// Assembles the page: people on the left, the open chat, the clock on top.
import * as api from "./api.js";
import { prepareClock, showClock } from "./clock.js";
import { byId, element, icon } from "./dom.js";
import { language, say, switchTo, translatePage } from "./language.js";
import { showError } from "./notices.js";
import { askPerson, preparePeople, showPeople } from "./people.js";
import { OpenChat } from "./open_chat.js";
import { TEXTS } from "./texts.js";

const REFRESH_MS = 4000;

let people = [];
const seen = new Map(); // person -> the last message shown, or known when the page was opened
const chat = new OpenChat({ changed: refresh, lost: leave });

async function refresh() {
  try {
    ({ people } = await api.people());
  } catch {
    return; // the open chat shows the error; the list stays unchanged
  }
  drawPeople();
}

function drawPeople() {
  const current = chat.person?.id;
  for (const { id, last } of people) {
    if (id === current || !seen.has(id)) {
      seen.set(id, last?.message_id ?? 0);
    }
  }
  showPeople(people, { current, unread: ({ id, last }) => (last?.message_id ?? 0) > seen.get(id), open });
  byId("nobody-title").textContent = say(people.length ? "pick_person" : "welcome");
  byId("nobody-text").textContent = people.length ? "" : say("welcome_text");
  byId("add-first").hidden = people.length > 0;
}

async function open(person) {
  byId("nobody").hidden = true;
  byId("open-chat").hidden = false;
  document.body.dataset.view = "chat";
  history.replaceState(null, "", `#${person.id}`);
  await chat.open(person);
  drawPeople();
  byId(person.blocked ? "unblock" : "field").focus();
}

/** Back to the list: the person no longer exists, for instance after a restart of the server. */
async function leave() {
  byId("open-chat").hidden = true;
  byId("nobody").hidden = false;
  showList();
  await refresh();
}

/** A narrow screen shows either the list or the chat. */
function showList() {
  document.body.dataset.view = "people";
  history.replaceState(null, "", location.pathname);
  (byId("people").querySelector("[aria-current]") ?? byId("add-person")).focus();
}

async function addPerson() {
  const wish = await askPerson();
  if (!wish) {
    return;
  }
  try {
    const { id } = await api.addPerson(wish);
    await refresh();
    await open(people.find((person) => person.id === id));
  } catch (error) {
    showError(error);
  }
}

function drawLanguages() {
  byId("languages").replaceChildren(...Object.entries(TEXTS).map(([code, texts]) =>
    element("button", { type: "button", lang: code, "aria-pressed": String(code === language),
      onclick: () => speak(code) }, texts.name)));
}

function speak(code) {
  switchTo(code);
  drawLanguages();
  byId("languages").querySelector(`[lang=${code}]`).focus();
  showClock();
  drawPeople();
  chat.redraw();
}

function put(id, name, pressed) {
  byId(id).append(icon(name));
  if (pressed) {
    byId(id).addEventListener("click", pressed);
  }
}

function prepareButtons() {
  put("back", "back", showList);
  put("chat-menu", "more", () => chat.actions.chatMenu(byId("chat-menu")));
  put("commands", "menu", () => chat.actions.commandsMenu(byId("commands")));
  put("attach", "attach", () => chat.actions.attachMenu(byId("attach")));
  put("send", "send");
  put("to-bottom", "down");
  put("toggle-keyboard", "keyboard");
  put("banner-close", "close");
  byId("add-person").addEventListener("click", addPerson);
  byId("add-first").addEventListener("click", addPerson);
  byId("start").addEventListener("click", () => chat.actions.sendText("/start"));
  byId("unblock").addEventListener("click", () => chat.actions.setBlocked(false));
}

/** Files dropped on the chat or pasted into the field are offered for sending. */
function prepareDropping() {
  byId("open-chat").addEventListener("dragover", (event) => event.preventDefault());
  byId("open-chat").addEventListener("drop", (event) => offer(event, event.dataTransfer.files));
  byId("field").addEventListener("paste", (event) => offer(event, event.clipboardData.files));
}

function offer(event, files) {
  if (files.length) {
    event.preventDefault();
    chat.actions.attach([...files]);
  }
}

translatePage();
drawLanguages();
prepareButtons();
prepareDropping();
preparePeople();
await prepareClock(() => {
  refresh();
  chat.redraw();
});
await refresh();
const linked = people.find(({ id }) => `#${id}` === location.hash);
if (linked) {
  await open(linked);
}
setInterval(refresh, REFRESH_MS);
