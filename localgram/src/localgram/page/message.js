// A message or an album as an item of the list.
import { element, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { say } from "./language.js";
import { attachment, isVisual } from "./media.js";
import { clockTime, fullTime } from "./time.js";

const EXCERPT_LENGTH = 90;

/**
 * A list item. `messages`: one message, or all of an album. `chat` has: person (the chat's owner),
 * jump(message id), actions with follow(kind, value), pressed(message, button, element), menu(message, anchor).
 * `joined` says that the previous message has the same sender.
 */
export function listItem(messages, joined, chat) {
  const [first] = messages;
  const mine = isMine(first, chat.person);
  const last = messages.at(-1);
  const item = element("li", { class: `message ${mine ? "mine" : "theirs"}${joined ? " joined" : ""}`,
    tabindex: "-1", "data-id": first.message_id });
  const open = (event) => {
    event.preventDefault();
    chat.actions.menu(first, item.querySelector(".message-menu"));
  };
  item.addEventListener("contextmenu", (event) => event.target.closest("a, audio, video") || open(event));
  item.addEventListener("keydown", (event) => event.key === "Enter" && event.target === item && open(event));
  item.append(...[element("div", { class: "bubble-row" }, bubble(messages, mine, chat),
    iconButton("more", say("message_actions"), open, { class: "icon-button message-menu", tabindex: "-1",
      "aria-haspopup": "menu" })),
  inlineKeyboard(last.reply_markup, (button, made) => chat.actions.pressed(last, button, made))].filter(Boolean));
  return item;
}

export const isMine = (message, person) => message.from?.id === person.id;

/** The author's name in the chat. */
export function sender(message, person) {
  return isMine(message, person) ? say("you") : nameOf(message.from ?? message.sender_chat ?? {});
}

const nameOf = (who) => who.title ?? [who.first_name, who.last_name].filter(Boolean).join(" ");

/** The message in a few words. */
export function excerpt(message) {
  const kinds = ["photo", "video", "voice", "sticker", "document"];
  const kind = kinds.find((name) => message[name]);
  const words = message.text ?? message.caption ?? message.document?.file_name
    ?? (kind && say(`kind_${kind}`)) ?? (message.contact && say("contact")) ?? (message.location && say("location"));
  return (words ?? "").replace(/\s+/g, " ").slice(0, EXCERPT_LENGTH);
}

function bubble(messages, mine, chat) {
  const bare = messages.length === 1 && Boolean(messages[0].sticker);
  return element("article", { class: `bubble${bare ? " bare" : ""}` },
    element("span", { class: "visually-hidden" }, `${sender(messages[0], chat.person)}: `),
    forwarded(messages[0]), via(messages[0]), quoted(messages[0], chat),
    messages.length > 1 ? album(messages, chat.person.id) : attachment(messages[0], chat.person.id),
    messages.map((message) => words(message, chat)), meta(messages));
}

function forwarded({ forward_origin: origin }) {
  if (!origin) {
    return null;
  }
  const name = origin.sender_user_name ?? nameOf(origin.sender_user ?? origin.chat ?? origin.sender_chat ?? {});
  return element("p", { class: "origin" }, say("forwarded_from", { name }));
}

function via({ via_bot: bot }) {
  return bot ? element("p", { class: "origin" }, say("via", { name: `@${bot.username}` })) : null;
}

function quoted({ reply_to_message: answered }, chat) {
  if (!answered) {
    return null;
  }
  const name = sender(answered, chat.person);
  return element("button", { type: "button", class: "quoted-message", "aria-label": say("replied_to", { name }),
    onclick: () => chat.jump(answered.message_id) },
  element("strong", {}, name), element("span", {}, excerpt(answered)));
}

function album(messages, person) {
  const visual = messages.every(isVisual);
  return element("div", { class: visual ? "album grid" : "album", "data-count": messages.length },
    messages.map((message) => attachment(message, person)));
}

function words(message, chat) {
  const text = message.text ?? message.caption;
  if (text !== undefined) {
    const labels = { spoiler: say("spoiler"), more: say("more"), less: say("less") };
    const content = formatted(text, message.entities ?? message.caption_entities, labels,
      (kind, value) => chat.actions.follow(kind, value));
    return element("div", { class: "words", dir: "auto" }, content);
  }
  return attachment(message, chat.person.id) ? null : element("p", { class: "words" }, say("unsupported"));
}

function meta(messages) {
  const sent = messages[0].date * 1000;
  const edited = messages.some((message) => message.edit_date);
  return element("span", { class: "meta" },
    edited && element("span", { class: "edited" }, say("edited"), " "),
    element("time", { datetime: new Date(sent).toISOString(), title: fullTime(sent) }, clockTime(sent)));
}
