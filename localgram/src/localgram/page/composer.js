// The input field: writing, replying, editing, commands and inline queries.
import { byId } from "./dom.js";
import { say } from "./language.js";
import { excerpt, sender } from "./message.js";
import { toast } from "./notices.js";
import { Suggestions } from "./suggestions.js";

const LONGEST_TEXT = 4096;
const INLINE_PAUSE_MS = 300;
const TALLEST_PX = 180;

export class Composer {
  /** `chat` knows the person and the bot; `actions`: sendText, editText, editLast, inline. */
  constructor(chat, actions) {
    this.chat = chat;
    this.actions = actions;
    this.field = byId("field");
    this.banner = byId("banner");
    this.suggestions = new Suggestions(this.field);
    this.about = null; // {message, editing}: the message being replied to or edited
    this.drafts = new Map();
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    byId("banner-close").addEventListener("click", () => this.leave());
  }

  /** Switch chats: keep this chat's draft and restore the other one's. */
  turnTo(before, person) {
    if (before !== null) {
      this.drafts.set(before, this.about?.editing ? "" : this.field.value);
    }
    this.leave();
    this.write(this.drafts.get(person) ?? "");
    this.suggestions.hide();
  }

  write(text) {
    this.field.value = text;
    this.#fit();
  }

  /** Set the placeholder: the bot's or the page's own. */
  hint(words) {
    this.field.placeholder = words || say("write");
  }

  /** Put text into the field as if it had been typed, as inline buttons do. */
  type(text) {
    this.write(text);
    this.field.focus();
    this.#typed();
  }

  reply(message) {
    this.#about(message, false, say("replying", { name: sender(message, this.chat.person) }));
  }

  edit(message) {
    this.write(message.text);
    this.#about(message, true, say("editing"));
  }

  /** Cancel replying or editing. */
  leave() {
    if (this.about?.editing) {
      this.write("");
    }
    this.about = null;
    this.banner.hidden = true;
  }

  /** The bot's commands have arrived: offer them if one is being typed. */
  commandsCame() {
    if (this.field.value.startsWith("/")) {
      this.#typed();
    }
  }

  async submit() {
    const text = this.field.value;
    if (text.trim() === "") {
      return;
    }
    if (text.length > LONGEST_TEXT) {
      toast(say("too_long"));
      return;
    }
    const about = this.about;
    this.write("");
    this.about = null;
    this.leave();
    this.suggestions.hide();
    const done = about?.editing ? await this.actions.editText(about.message, text)
      : await this.actions.sendText(text, about?.message);
    if (!done && this.field.value === "") {
      this.write(text); // keep the text that was not sent
    }
  }

  #about(message, editing, title) {
    this.about = { message, editing };
    byId("banner-title").textContent = title;
    byId("banner-text").textContent = excerpt(message);
    this.banner.hidden = false;
    this.field.focus();
  }

  #key(event) {
    if (event.isComposing) {
      return;
    }
    if (this.suggestions.key(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.about) {
      this.leave();
    } else if (event.key === "ArrowUp" && this.field.value === "") {
      event.preventDefault();
      this.actions.editLast();
    }
  }

  #typed() {
    this.#fit();
    clearTimeout(this.waiting);
    const text = this.field.value;
    const query = this.#inlineQuery(text);
    if (query !== null) {
      this.waiting = setTimeout(() => this.#askInline(text, query), INLINE_PAUSE_MS);
    } else if (/^\/\w*$/.test(text)) {
      this.#offerCommands(text.slice(1).toLowerCase());
    } else {
      this.suggestions.hide();
    }
  }

  /** The text after "@bot ", or null if no inline query is being typed. */
  #inlineQuery(text) {
    const call = `@${this.chat.bot.username} `;
    return text.toLowerCase().startsWith(call.toLowerCase()) ? text.slice(call.length) : null;
  }

  async #askInline(text, query) {
    const options = await this.actions.inline(query);
    if (options && this.field.value === text) { // not if the text has changed meanwhile
      this.suggestions.show(say("inline_results", { name: `@${this.chat.bot.username}` }), options);
    }
  }

  #offerCommands(start) {
    const fitting = this.chat.bot.commands.filter(({ command }) => command.startsWith(start));
    if (fitting.length === 0) {
      this.suggestions.hide();
      return;
    }
    this.suggestions.show(say("commands"), fitting.map(({ command, description }) => ({
      title: `/${command}`, description, run: () => {
        this.write(`/${command}`);
        this.submit();
      } })));
  }

  #fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST_PX)}px`;
    byId("send").disabled = this.field.value.trim() === "";
  }
}
