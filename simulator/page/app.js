// The page put together: people on the left, one open chat, the clock on top.
import * as api from "./api.js";
import { prepareClock, showClock } from "./clock.js";
import { byId, element, icon } from "./dom.js";
import { language, say, switchTo, translatePage } from "./language.js";
import { complain } from "./notices.js";
import { askPerson, preparePeople, showPeople } from "./people.js";
import { Talk } from "./talk.js";
import { TEXTS } from "./texts.js";

const REFRESH_MS = 4000;

let people = [];
const seen = new Map(); // person -> the last message that was shown or known when the page was opened
const talk = new Talk({ changed: refresh, lost: leave });

async function refresh() {
  try {
    ({ people } = await api.people());
  } catch {
    return; // the open chat says so; the list stays as it was
  }
  drawPeople();
}

function drawPeople() {
  const current = talk.person?.id;
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
  byId("talk").hidden = false;
  document.body.dataset.view = "chat";
  history.replaceState(null, "", `#${person.id}`);
  await talk.open(person);
  drawPeople();
  byId(person.blocked ? "unblock" : "field").focus();
}

/** Back to the list: the person is not there any more, as after a new start of the server. */
async function leave() {
  byId("talk").hidden = true;
  byId("nobody").hidden = false;
  showList();
  await refresh();
}

/** On a narrow screen the list and the chat take turns. */
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
  } catch (fault) {
    complain(fault);
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
  talk.redraw();
}

function put(id, name, pressed) {
  byId(id).append(icon(name));
  if (pressed) {
    byId(id).addEventListener("click", pressed);
  }
}

function prepareButtons() {
  put("back", "back", showList);
  put("chat-menu", "more", () => talk.deeds.chatMenu(byId("chat-menu")));
  put("commands", "menu", () => talk.deeds.commandsMenu(byId("commands")));
  put("attach", "attach", () => talk.deeds.attachMenu(byId("attach")));
  put("send", "send");
  put("to-bottom", "down");
  put("toggle-keyboard", "keyboard");
  put("banner-close", "close");
  byId("add-person").addEventListener("click", addPerson);
  byId("add-first").addEventListener("click", addPerson);
  byId("start").addEventListener("click", () => talk.deeds.sendText("/start"));
  byId("unblock").addEventListener("click", () => talk.deeds.setBlocked(false));
}

/** Files dropped on the chat or pasted into the field are offered for sending. */
function prepareDropping() {
  byId("talk").addEventListener("dragover", (event) => event.preventDefault());
  byId("talk").addEventListener("drop", (event) => offer(event, event.dataTransfer.files));
  byId("field").addEventListener("paste", (event) => offer(event, event.clipboardData.files));
}

function offer(event, files) {
  if (files.length) {
    event.preventDefault();
    talk.deeds.attach([...files]);
  }
}

translatePage();
drawLanguages();
prepareButtons();
prepareDropping();
preparePeople();
await prepareClock(() => {
  refresh();
  talk.redraw();
});
await refresh();
const linked = people.find(({ id }) => `#${id}` === location.hash);
if (linked) {
  await open(linked);
}
setInterval(refresh, REFRESH_MS);
