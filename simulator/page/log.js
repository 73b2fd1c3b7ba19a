// The list of messages: kept in step with the chat as the server tells it, changing only what changed.
import { byId, element } from "./dom.js";
import { arrowKeys } from "./keyboards.js";
import { language } from "./language.js";
import { isMine, listItem } from "./message.js";
import { dayOf, dayTitle } from "./time.js";

const NEAR_BOTTOM_PX = 60;

export class Log {
  /** `talk` knows the person; `deeds`: see listItem. `away(is)` is told whether the newest message is out of sight. */
  constructor(talk, deeds, away) {
    this.talk = talk;
    this.deeds = deeds;
    this.box = byId("log");
    this.list = byId("messages");
    this.shown = new Map(); // key of an item -> {node, print: all that it was made from}
    this.following = true; // whether the newest message is kept in sight
    this.away = away;
    this.top = 0;
    this.box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Messages come and pictures grow: who reads the newest goes on doing so.
    new ResizeObserver(() => this.following && this.toBottom()).observe(this.list);
    new ResizeObserver(() => this.following && this.toBottom()).observe(this.box);
    arrowKeys(this.list, "li.message");
    this.list.addEventListener("focusin", (event) => this.#reach(event.target.closest("li.message")));
  }

  clear() {
    this.shown.clear();
    this.following = true;
    this.list.replaceChildren();
  }

  /** Show these messages: add what is new, put anew what was edited, take away what was deleted. */
  show(messages) {
    const fresh = this.shown.size === 0;
    this.following ||= fresh || this.#mineIsNew(messages);
    this.box.setAttribute("aria-live", fresh ? "off" : "polite"); // old messages are not news
    const parts = plan(messages);
    const kept = new Set(parts.map((part) => part.key));
    for (const [key, { node }] of this.shown) {
      if (!kept.has(key)) {
        node.remove();
        this.shown.delete(key);
      }
    }
    parts.reduce((before, part) => this.#put(part, before), null);
    const items = [...this.list.querySelectorAll("li.message")];
    this.#reach(items.find((item) => item.tabIndex === 0) ?? items.at(-1));
    if (this.following) {
      this.toBottom();
    }
  }

  toBottom() {
    this.following = true;
    this.box.scrollTop = this.box.scrollHeight;
  }

  #scrolled() {
    const left = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight;
    const upwards = this.box.scrollTop < this.top;
    this.following = left < NEAR_BOTTOM_PX || (this.following && !upwards);
    this.top = this.box.scrollTop;
    this.away(!this.following);
  }

  /** Bring a message into sight and mark it for a moment. */
  jump(id) {
    const node = this.shown.get(`m${id}`)?.node;
    if (node) {
      node.scrollIntoView({ block: "center" });
      node.focus({ preventScroll: true });
      node.classList.add("flash");
      node.addEventListener("animationend", () => node.classList.remove("flash"), { once: true });
    }
  }

  #mineIsNew(messages) {
    const last = messages.at(-1);
    return Boolean(last) && isMine(last, this.talk.person) && !this.shown.has(`m${last.message_id}`);
  }

  /** Put one part after the node before it; answers its node. */
  #put(part, before) {
    const known = this.shown.get(part.key);
    const print = part.print + language;
    const node = known?.print === print ? known.node : this.#make(part);
    if (known && known.node !== node) {
      replaceKeepingFocus(known.node, node);
    }
    const place = before ? before.nextSibling : this.list.firstChild;
    if (place !== node) {
      this.list.insertBefore(node, place);
    }
    this.shown.set(part.key, { node, print });
    return node;
  }

  #make(part) {
    if (part.day !== undefined) {
      return element("li", { class: "day" }, element("span", {}, dayTitle(part.day)));
    }
    const chat = { person: this.talk.person, deeds: this.deeds, jump: (id) => this.jump(id) };
    return listItem(part.messages, part.joined, chat);
  }

  /** One message of the list is reached by Tab, the others by the arrow keys. */
  #reach(item) {
    if (item) {
      this.list.querySelectorAll("li[tabindex='0']").forEach((other) => other.setAttribute("tabindex", "-1"));
      item.setAttribute("tabindex", "0");
    }
  }
}

/** The list's parts in order: a day's title before its first message, messages, albums as one. */
function plan(messages) {
  const parts = [];
  let before = null;
  for (const message of messages) {
    const sent = message.date * 1000;
    const newDay = before === null || dayOf(before.date * 1000) !== dayOf(sent);
    if (newDay) {
      parts.push({ key: `d${dayOf(sent)}-${message.message_id}`, day: sent, print: dayTitle(sent) });
    }
    const album = message.media_group_id && before?.media_group_id === message.media_group_id;
    if (album) {
      parts.at(-1).messages.push(message);
      parts.at(-1).print += JSON.stringify(message);
    } else {
      const joined = !newDay && before.from?.id === message.from?.id;
      const print = joined + JSON.stringify(message);
      parts.push({ key: `m${message.message_id}`, messages: [message], joined, print });
    }
    before = message;
  }
  return parts;
}

/** An edit must not throw a keyboard user out of the message: the same button, or the message, keeps the focus. */
function replaceKeepingFocus(old, made) {
  const inside = old.contains(document.activeElement);
  const buttons = (node) => [...node.querySelectorAll(".inline-keyboard button")];
  const at = buttons(old).indexOf(document.activeElement);
  old.replaceWith(made);
  if (inside) {
    (buttons(made)[at] ?? made).focus({ preventScroll: true });
  }
}
