// What the person does in the open chat: each deed is one request to the server.
import * as api from "./api.js";
import { askContact, askLocation, attachFiles } from "./attach.js";
import { byId } from "./dom.js";
import { say } from "./language.js";
import { openMenu } from "./menu.js";
import { isMine } from "./message.js";
import { alertBox, complain, confirmBox, toast } from "./notices.js";

// https://t.me/name?start=payload and tg://resolve?domain=name&start=payload
const BOT_LINK = /^(?:(?:https?:\/\/)?t\.me\/|tg:\/\/resolve\?domain=)(\w+)(?:[?&]start=([\w-]*))?$/;

export class Deeds {
  /** `talk` knows the person, the bot, the messages and the composer. */
  constructor(talk) {
    this.talk = talk;
  }

  get #me() {
    return this.talk.person.id;
  }

  /** Run a request; says what went wrong. Resolves to its answer, or undefined where it failed. */
  async #try(request) {
    try {
      return await request();
    } catch (fault) {
      complain(fault);
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

  /** Begin to edit the person's own latest text. */
  editLast() {
    const last = this.talk.messages.findLast((message) => this.#editable(message));
    if (last) {
      this.talk.composer.edit(last);
    }
  }

  #editable(message) {
    const own = isMine(message, this.talk.person) && message.text !== undefined;
    return own && !message.forward_origin && !message.via_bot;
  }

  /** A button of the reply keyboard was pressed; what is private is asked about first, as Telegram does. */
  async answer(button) {
    const question = (button.request_contact && "share_contact") || (button.request_location && "share_location");
    if (!question || await confirmBox(say(question), say("send"))) {
      await this.#try(() => api.press(this.#me, 0, button.text));
    }
    byId("field").focus();
  }

  /** A command or link in a text was opened. Answers whether that was all. */
  follow(kind, value) {
    if (kind === "command") {
      this.sendText(value);
      return true;
    }
    const [, name, payload = ""] = value.match(BOT_LINK) ?? [];
    if (name?.toLowerCase() !== this.talk.bot.username.toLowerCase()) {
      return false;
    }
    this.sendText(`/start ${payload}`.trim());
    return true;
  }

  /** A button under a message was pressed; `made` is its element. */
  async pressed(message, button, made) {
    if (button.url) {
      this.#open(button.url);
    } else if (button.copy_text) {
      await this.#copy(button.copy_text.text);
    } else if (button.callback_data !== undefined) {
      await this.#callBack(message, button, made);
    } else {
      const query = button.switch_inline_query ?? button.switch_inline_query_current_chat ?? "";
      this.talk.composer.type(`@${this.talk.bot.username} ${query}`);
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

  /** What can be done with a message. */
  menu(message, anchor) {
    const id = message.message_id;
    const text = message.text ?? message.caption;
    openMenu(anchor, say("message_actions"), [
      { icon: "reply", words: say("reply"), run: () => this.talk.composer.reply(message) },
      text && { icon: "copy", words: say("copy"), run: () => this.#copy(text) },
      { icon: "forward", words: say("forward"), run: () => this.#send({ forward: id }) },
      this.#editable(message) && { icon: "edit", words: say("edit"), run: () => this.talk.composer.edit(message) },
      { icon: "remove", words: say("delete"), run: () => this.#try(() => api.remove(this.#me, id)) },
    ].filter(Boolean));
  }

  attachMenu(anchor) {
    openMenu(anchor, say("attach"), [
      { icon: "document", words: say("files"), run: () => this.attach([]) },
      { icon: "contact", words: say("contact"), run: async () => this.#send(await askContact(this.talk.person)) },
      { icon: "location", words: say("location"), run: async () => this.#send(await askLocation()) },
    ]);
  }

  attach(files) {
    return this.#try(() => attachFiles(this.#me, files));
  }

  async commandsMenu(anchor) {
    await this.talk.meetBot();
    openMenu(anchor, say("commands"), this.talk.bot.commands.map(({ command, description }) => ({
      icon: "send", words: `/${command} – ${description}`, run: () => this.sendText(`/${command}`) })));
  }

  chatMenu(anchor) {
    const { blocked } = this.talk.person;
    openMenu(anchor, say("chat_menu"), [
      { icon: "block", words: say(blocked ? "unblock" : "block"), run: () => this.setBlocked(!blocked) }]);
  }

  async setBlocked(blocked) {
    const person = await this.#try(() => (blocked ? api.block : api.unblock)(this.#me));
    if (person) {
      this.talk.update({ ...this.talk.person, ...person });
    }
  }

  /** What the bot offers for an inline query, as suggestions. */
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
    this.talk.composer.write("");
    return this.#try(request);
  }
}
