// Attachments of messages: pictures, files, sound, locations, contacts.
import { fileAddress } from "./api.js";
import { element, icon } from "./dom.js";
import { say } from "./language.js";

const UNITS = ["bytes", "kilobytes", "megabytes"];

/** The attachment of a message in the chat of `person` (an id) as an element, or null if it has none. */
export function attachment(message, person) {
  const kind = Object.keys(SHOWN).find((name) => message[name]);
  if (!kind) {
    return null;
  }
  const content = kind === "photo" ? message.photo.at(-1) : message[kind];
  return SHOWN[kind](content, content.file_id && fileAddress(person, content.file_id), message);
}

const SHOWN = {
  photo: (photo, address, message) => picture(photo, address, message.caption ?? say("kind_photo")),
  animation: (file, address) => video(file, address, { loop: true }),
  video,
  voice: sound,
  audio: sound,
  sticker,
  document: documentLink,
  contact,
  location: locationCard,
};

/** Whether the message is a picture or a video, shown side by side in an album. */
export const isVisual = (message) => Boolean(message.photo ?? message.video);

function picture(photo, address, words) {
  const image = element("img", { src: address, alt: words, width: photo.width,
    height: photo.height, loading: "lazy" });
  const name = `photo_${photo.file_unique_id}.jpg`;
  return element("a", { class: "photo", href: address, download: name,
    "aria-label": say("download", { name: words }) }, image);
}

function video(file, address, { loop = false }) {
  return element("figure", { class: "video" },
    element("video", { src: address, controls: true, preload: "metadata", playsinline: true,
      "aria-label": file.file_name ?? say("kind_video"), loop }),
    downloadLink(file, address, file.file_name ?? say("kind_video")));
}

function sound(file, address) {
  const name = file.title ?? file.file_name ?? say("kind_voice");
  return element("figure", { class: "sound" },
    element("audio", { src: address, controls: true, preload: "metadata", "aria-label": name }),
    downloadLink(file, address, name));
}

function sticker(file, address) {
  const image = element("img", { class: "sticker", src: address,
    alt: file.emoji ?? say("kind_sticker"), width: 160, height: 160 });
  return element("a", { class: "sticker-link", href: address, download: "sticker.webp",
    "aria-label": say("download", { name: file.emoji ?? say("kind_sticker") }) }, image);
}

function downloadLink(file, address, name) {
  return element("a", { class: "download", href: address, download: name,
    "aria-label": say("download", { name }) }, icon("download"), element("span", {}, size(file.file_size)));
}

function documentLink(file, address) {
  const name = file.file_name ?? say("kind_document");
  return element("a", { class: "file-card", href: address, download: name,
    "aria-label": say("download", { name }) },
    element("span", { class: "disc", "aria-hidden": "true" }, icon("document")),
    element("span", { class: "file-name" }, name),
    element("span", { class: "file-size" }, size(file.file_size)));
}

function contact(person) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return element("div", { class: "file-card" },
    element("span", { class: "disc", "aria-hidden": "true" }, icon("contact")),
    element("span", { class: "file-name" }, name),
    element("a", { class: "file-size", href: `tel:${person.phone_number}` }, person.phone_number));
}

function locationCard({ latitude, longitude }) {
  const where = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const address = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`;
  return element("div", { class: "file-card" },
    element("span", { class: "disc", "aria-hidden": "true" }, icon("location")),
    element("span", { class: "file-name" }, `${say("location")}: ${where}`),
    element("a", { class: "file-size", href: address, target: "_blank", rel: "noopener noreferrer" },
      say("open_map")));
}

/** A size in readable form; empty if it is unknown. */
export function size(bytes) {
  if (bytes === undefined || bytes === null) {
    return "";
  }
  const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  const count = (bytes / 1024 ** step).toFixed(step > 1 ? 1 : 0);
  return say(UNITS[step], { count: count.replace(".", say("decimal_mark")) });
}
