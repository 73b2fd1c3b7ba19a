// The open chat: messages, reply keyboard, typing status.
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { Actions } from "./actions.js";
import { byId } from "./dom.js";
import { replyKeyboard } from "./keyboards.js";
import { say } from "./language.js";
import { Log } from "./log.js";
import { isMine } from "./message.js";
import { avatar } from "./people.js";
import { watch } from "./watch.js";

const ACTION_MS = 5000; // Telegram shows "typing" for five seconds, or until the message arrives
const NO_BOT = { name: "", username: "", commands: [] };

export class OpenChat {
  /** `changed()` is called when the chat or the person changes; `lost()` when the person no longer exists. */
  constructor({ changed, lost }) {
    this.changed = changed;
    this.lost = lost;
    this.person = null;
    this.bot = NO_BOT;
    this.messages = [];
    this.actions = new Actions(this);
    this.log = new Log(this, this.actions, (away) => { byId("to-bottom").hidden = !away; });
    this.composer = new Composer(this, this.actions);
    byId("to-bottom").addEventListener("click", () => this.log.toBottom());
    byId("toggle-keyboard").addEventListener("click", () => this.#toggleKeyboard());
  }

  /** Open this person's chat. */
  async open(person) {
    this.watching?.abort();
    this.composer.turnTo(this.person?.id ?? null, person.id);
    this.person = person;
    this.log.clear();
    this.state = null;
    this.keyboardPrint = null;
    this.#status(null);
    this.watching = new AbortController();
    const { signal } = this.watching;
    await this.meetBot();
    watch(person.id, signal, (state) => signal.aborted || this.#show(state), (error) => this.#trouble(error));
  }

  /** Redraw everything after the page's language or the clock has changed. */
  redraw() {
    if (this.person && this.state) {
      this.#head();
      this.keyboardPrint = null;
      this.#show(this.state);
    }
  }

  /** Load the bot's profile again. */
  async meetBot() {
    const bot = await api.bot(this.person.id).catch(() => this.bot);
    this.bot = { ...NO_BOT, ...bot };
    this.#head();
    this.composer.commandsCame();
  }

  /** Take over the server's new state of the person. */
  update(person) {
    this.person = person;
    this.changed();
    this.#bottom();
  }

  #head() {
    byId("bot-name").textContent = this.bot.name;
    byId("bot-avatar").replaceChildren(avatar(this.bot.name, 0));
    byId("empty-text").textContent = this.bot.description || say("empty_chat_text");
    byId("commands").hidden = this.bot.commands.length === 0;
  }

  #status(action) {
    const file = action?.startsWith("upload_") || action?.startsWith("record_");
    const words = file ? say("sending_file") : say("typing");
    byId("bot-status").textContent = action ? words
      : `${say("bot")} · ${say("you_are", { name: this.person.first_name })}`;
    byId("bot-status").classList.toggle("active", Boolean(action));
    clearTimeout(this.actionEnds);
    if (action) {
      this.actionEnds = setTimeout(() => this.#status(null), ACTION_MS);
    }
  }

  #trouble(error) {
    byId("trouble").hidden = error === null;
    if (error?.status === 404) {
      this.watching.abort();
      this.lost();
    }
  }

  #show(state) {
    this.state = state;
    this.messages = state.messages;
    this.log.show(state.messages);
    this.#status(state.action);
    this.#keyboard(state.keyboard);
    this.#bottom();
    this.changed();
    if (this.bot.commands.length === 0 && state.messages.length) {
      this.meetBot();
    }
  }

  /** Show the start button, the note that the bot is blocked, or the field. */
  #bottom() {
    const empty = this.messages.length === 0;
    byId("empty").hidden = !empty;
    byId("start").hidden = !empty || this.person.blocked;
    byId("blocked").hidden = !this.person.blocked;
    byId("composer").hidden = this.person.blocked;
  }

  #keyboard(markup) {
    const print = JSON.stringify(markup);
    if (print === this.keyboardPrint) {
      return;
    }
    this.keyboardPrint = print;
    const rows = replyKeyboard(markup, (button) => this.actions.answer(button));
    byId("reply-keyboard").replaceChildren(...(rows ?? []));
    byId("reply-keyboard").hidden = rows === null;
    byId("toggle-keyboard").hidden = rows === null;
    byId("toggle-keyboard").setAttribute("aria-expanded", "true");
    this.composer.hint(markup?.input_field_placeholder);
    if (markup?.force_reply) {
      this.#forceReply();
    }
  }

  /** Start replying to a message with force_reply, unless the person has written since. */
  #forceReply() {
    const last = this.messages.findLast((message) => message.reply_markup?.force_reply || isMine(message, this.person));
    if (last?.reply_markup?.force_reply) {
      this.composer.reply(last);
    }
  }

  #toggleKeyboard() {
    const box = byId("reply-keyboard");
    box.hidden = !box.hidden;
    byId("toggle-keyboard").setAttribute("aria-expanded", String(!box.hidden));
  }
}
