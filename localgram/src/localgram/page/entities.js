// Renders Telegram's formatted text: plain text with entities at UTF-16 offsets, as JavaScript counts.
import { element } from "./dom.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
};
const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];
const SAFE_LINK = /^(https?|tg|mailto|tel):/i;

/**
 * The text as nodes. `words` are the labels of the buttons in it; `follow(kind, value)` is called when
 * a bot command ("command") or a link ("link") is opened, and returns whether it handled it.
 */
export function formatted(text, entities, words, follow) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return span(text, sorted, 0, text.length, { words, follow });
}

function span(text, entities, from, to, context) {
  const nodes = document.createDocumentFragment();
  let at = from;
  entities.forEach((entity, index) => {
    const start = Math.max(entity.offset, from);
    const end = Math.min(entity.offset + entity.length, to);
    if (start < at || start >= end) {
      return; // nested in the previous one, or outside this span
    }
    nodes.append(text.slice(at, start));
    const inside = span(text, entities.slice(index + 1), start, end, context);
    nodes.append(wrapped(entity, text.slice(start, end), inside, context));
    at = end;
    if (BLOCKS.includes(entity.type) && text[at] === "\n") {
      at += 1; // a block ends its line itself
    }
  });
  nodes.append(text.slice(at, to));
  return nodes;
}

function wrapped(entity, text, inside, context) {
  if (entity.type in TAGS) {
    return element(TAGS[entity.type], {}, inside);
  }
  const special = SPECIAL[entity.type];
  return special ? special(entity, text, inside, context) : inside;
}

const SPECIAL = {
  pre: (entity, text, inside) => element("pre", { "data-language": entity.language, tabindex: "0" }, inside),
  blockquote: (entity, text, inside) => element("blockquote", {}, inside),
  expandable_blockquote: expandable,
  spoiler,
  text_link: (entity, text, inside, context) => link(entity.url, inside, context),
  url: (entity, text, inside, context) => link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, inside, context),
  email: (entity, text, inside, context) => link(`mailto:${text}`, inside, context),
  phone_number: (entity, text, inside, context) => link(`tel:${text.replace(/[^+\d]/g, "")}`, inside, context),
  mention: (entity, text, inside) => element("span", { class: "tag" }, inside),
  hashtag: (entity, text, inside) => element("span", { class: "tag" }, inside),
  bot_command: (entity, text, inside, context) =>
    element("button", { type: "button", class: "link", onclick: () => context.follow("command", text) }, inside),
};

function link(url, inside, { follow }) {
  if (!SAFE_LINK.test(url)) {
    return inside;
  }
  const opened = (event) => {
    if (follow("link", url)) {
      event.preventDefault();
    }
  };
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick: opened }, inside);
}

function spoiler(entity, text, inside, { words }) {
  const cover = element("button", { type: "button", class: "spoiler", "aria-label": words.spoiler, onclick: () => {
    const shown = element("span", { class: "spoiler-open", tabindex: "-1" }, ...cover.firstChild.childNodes);
    cover.replaceWith(shown);
    shown.focus();
  } }, element("span", { "aria-hidden": "true", inert: true }, inside));
  return cover;
}

function expandable(entity, text, inside, { words }) {
  const body = element("div", { class: "quoted" }, inside);
  const label = element("span", {}, words.more);
  const toggle = element("button", { type: "button", class: "link", "aria-expanded": "false", onclick: () => {
    const open = toggle.getAttribute("aria-expanded") !== "true";
    toggle.setAttribute("aria-expanded", String(open));
    label.textContent = open ? words.less : words.more;
  } }, label);
  return element("blockquote", { class: "expandable" }, body, toggle);
}
