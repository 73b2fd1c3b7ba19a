// The list of messages: follows the server's chat and redraws only what has changed.
import { byId, element } from "./dom.js";
import { arrowKeys } from "./keyboards.js";
import { language } from "./language.js";
import { isMine, listItem } from "./message.js";
import { dayOf, dayTitle } from "./time.js";

const NEAR_BOTTOM_PX = 60;

export class Log {
  /** `chat` knows the person; `actions`: see listItem. `away(is)`: whether the newest message is out of sight. */
  constructor(chat, actions, away) {
    this.chat = chat;
    this.actions = actions;
    this.box = byId("log");
    this.list = byId("messages");
    this.shown = new Map(); // key of an item -> {node, print: everything that it was drawn from}
    this.following = true; // whether to keep the newest message in sight
    this.away = away;
    this.top = 0;
    this.box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Messages arrive and pictures load: keep the newest message in sight.
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

  /** Show these messages: add new ones, redraw edited ones, remove deleted ones. */
  show(messages) {
    const fresh = this.shown.size === 0;
    this.following ||= fresh || this.#mineIsNew(messages);
    this.box.setAttribute("aria-live", fresh ? "off" : "polite"); // old messages are not announced
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

  /** Show the end; of a message taller than the window, its beginning, which is read first. */
  toBottom() {
    this.following = true;
    this.box.scrollTop = this.box.scrollHeight;
    const newest = this.list.querySelector(":scope > :last-child");
    if (newest && newest.offsetHeight > this.box.clientHeight) {
      newest.scrollIntoView({ block: "start" });
    }
  }

  #scrolled() {
    const left = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight;
    const upwards = this.box.scrollTop < this.top;
    this.following = left < NEAR_BOTTOM_PX || (this.following && !upwards);
    this.top = this.box.scrollTop;
    this.away(!this.following);
  }

  /** Scroll to a message and highlight it for a moment. */
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
    return Boolean(last) && isMine(last, this.chat.person) && !this.shown.has(`m${last.message_id}`);
  }

  /** Put a part after the node before it; returns its node. */
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
    const chat = { person: this.chat.person, actions: this.actions, jump: (id) => this.jump(id) };
    return listItem(part.messages, part.joined, chat);
  }

  /** Tab reaches one message of the list, the arrow keys the others. */
  #reach(item) {
    if (item) {
      this.list.querySelectorAll("li[tabindex='0']").forEach((other) => other.setAttribute("tabindex", "-1"));
      item.setAttribute("tabindex", "0");
    }
  }
}

/** The list's parts in order: day titles, messages, albums as one part. */
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

/** Redraw an edited message without losing the keyboard focus: it stays on the same button or on the message. */
function replaceKeepingFocus(old, made) {
  const inside = old.contains(document.activeElement);
  const buttons = (node) => [...node.querySelectorAll(".inline-keyboard button")];
  const at = buttons(old).indexOf(document.activeElement);
  old.replaceWith(made);
  if (inside) {
    (buttons(made)[at] ?? made).focus({ preventScroll: true });
  }
}
