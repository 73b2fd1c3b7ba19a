// The person's actions in the open chat: each is one request to the server.
import * as api from "./api.js";
import { askContact, askLocation, attachFiles } from "./attach.js";
import { byId } from "./dom.js";
import { say } from "./language.js";
import { openMenu } from "./menu.js";
import { isMine } from "./message.js";
import { alertBox, showError, confirmBox, toast } from "./notices.js";

// https://t.me/name?start=payload and tg://resolve?domain=name&start=payload
const BOT_LINK = /^(?:(?:https?:\/\/)?t\.me\/|tg:\/\/resolve\?domain=)(\w+)(?:[?&]start=([\w-]*))?$/;

export class Actions {
  /** `chat` knows the person, the bot, the messages and the composer. */
  constructor(chat) {
    this.chat = chat;
  }

  get #me() {
    return this.chat.person.id;
  }

  /** Run a request and show its error. Resolves to the answer, or undefined if it failed. */
  async #try(request) {
    try {
      return await request();
    } catch (error) {
      showError(error);
      return undefined;
    }
  }

  #send(content) {
    return content && this.#try(() => api.send(this.#me, content));
  }

  sendText(text, reply) {
    return this.#send({ text, reply_to: reply?.message_id });
  }

  editText(message, text) {
    return this.#send({ edit: message.message_id, text });
  }

  /** Start editing the person's latest text. */
  editLast() {
    const last = this.chat.messages.findLast((message) => this.#editable(message));
    if (last) {
      this.chat.composer.edit(last);
    }
  }

  #editable(message) {
    const own = isMine(message, this.chat.person) && message.text !== undefined;
    return own && !message.forward_origin && !message.via_bot;
  }

  /** Press a reply keyboard's button; like Telegram, asks before sharing private data. */
  async answer(button) {
    const question = (button.request_contact && "share_contact") || (button.request_location && "share_location");
    if (!question || await confirmBox(say(question), say("send"))) {
      await this.#try(() => api.press(this.#me, 0, button.text));
    }
    byId("field").focus();
  }

  /** Open a command or link in a text. Returns whether it was handled. */
  follow(kind, value) {
    if (kind === "command") {
      this.sendText(value);
      return true;
    }
    const [, name, payload = ""] = value.match(BOT_LINK) ?? [];
    if (name?.toLowerCase() !== this.chat.bot.username.toLowerCase()) {
      return false;
    }
    this.sendText(`/start ${payload}`.trim());
    return true;
  }

  /** Press a button under a message; `made` is its element. */
  async pressed(message, button, made) {
    if (button.url) {
      this.#open(button.url);
    } else if (button.copy_text) {
      await this.#copy(button.copy_text.text);
    } else if (button.callback_data !== undefined) {
      await this.#callBack(message, button, made);
    } else {
      const query = button.switch_inline_query ?? button.switch_inline_query_current_chat ?? "";
      this.chat.composer.type(`@${this.chat.bot.username} ${query}`);
    }
  }

  #open(url) {
    if (!this.follow("link", url) && /^https?:/i.test(url)) {
      window.open(url, "_blank", "noopener,noreferrer");
    }
  }

  async #callBack(message, button, made) {
    made.setAttribute("aria-busy", "true");
    const pressed = await this.#try(() => api.press(this.#me, message.message_id, button.callback_data));
    made.removeAttribute("aria-busy");
    const answer = pressed?.answer;
    if (answer?.url) {
      this.#open(answer.url);
    } else if (answer?.text && answer.show_alert) {
      await alertBox(answer.text);
    } else if (answer?.text) {
      toast(answer.text);
    }
  }

  async #copy(text) {
    await this.#try(async () => {
      await navigator.clipboard.writeText(text);
      toast(say("copied"));
    });
  }

  /** The menu of a message. */
  menu(message, anchor) {
    const id = message.message_id;
    const text = message.text ?? message.caption;
    openMenu(anchor, say("message_actions"), [
      { icon: "reply", words: say("reply"), run: () => this.chat.composer.reply(message) },
      text && { icon: "copy", words: say("copy"), run: () => this.#copy(text) },
      { icon: "forward", words: say("forward"), run: () => this.#send({ forward: id }) },
      this.#editable(message) && { icon: "edit", words: say("edit"), run: () => this.chat.composer.edit(message) },
      { icon: "remove", words: say("delete"), run: () => this.#try(() => api.remove(this.#me, id)) },
    ].filter(Boolean));
  }

  attachMenu(anchor) {
    openMenu(anchor, say("attach"), [
      { icon: "document", words: say("files"), run: () => this.attach([]) },
      { icon: "contact", words: say("contact"), run: async () => this.#send(await askContact(this.chat.person)) },
      { icon: "location", words: say("location"), run: async () => this.#send(await askLocation()) },
    ]);
  }

  attach(files) {
    return this.#try(() => attachFiles(this.#me, files));
  }

  async commandsMenu(anchor) {
    await this.chat.meetBot();
    openMenu(anchor, say("commands"), this.chat.bot.commands.map(({ command, description }) => ({
      icon: "send", words: `/${command} – ${description}`, run: () => this.sendText(`/${command}`) })));
  }

  chatMenu(anchor) {
    const { blocked } = this.chat.person;
    openMenu(anchor, say("chat_menu"), [
      { icon: "block", words: say(blocked ? "unblock" : "block"), run: () => this.setBlocked(!blocked) }]);
  }

  async setBlocked(blocked) {
    const person = await this.#try(() => (blocked ? api.block : api.unblock)(this.#me));
    if (person) {
      this.chat.update({ ...this.chat.person, ...person });
    }
  }

  /** The bot's inline results as suggestions. */
  async inline(query) {
    const answer = await this.#try(() => api.inline(this.#me, query));
    if (!answer) {
      return null;
    }
    const { button, results } = answer;
    const start = { text: `/start ${button?.start_parameter}` };
    const above = button && { title: button.text, run: () => this.#chosen(() => api.send(this.#me, start)) };
    return [above, ...results.map((result) => ({
      title: result.title, description: result.description, badge: [...result.title][0],
      run: () => this.#chosen(() => api.choose(this.#me, result.id)) }))].filter(Boolean);
  }

  #chosen(request) {
    this.chat.composer.write("");
    return this.#try(request);
  }
}
