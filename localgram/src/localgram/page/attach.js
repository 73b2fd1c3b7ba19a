// Sending attachments: files, alone or as an album, contacts and locations.
import { sendFile } from "./api.js";
import { checkbox, askForm, field, selection } from "./dialogs.js";
import { element, iconButton, icon } from "./dom.js";
import { say } from "./language.js";
import { size } from "./media.js";

const KINDS = ["photo", "video", "voice", "sticker", "document"];
const ALBUMS = [["photo", "video"], ["document"]]; // kinds that may share an album
const PHONE_PATTERN = "\\+?[0-9 \\(\\)\\-]{5,20}";
const ASTANA = { latitude: 51.1283, longitude: 71.4305 };

/** How Telegram's own apps send a file of this type. */
function kindOf(file) {
  if (file.name.endsWith(".tgs")) {
    return "sticker";
  }
  if (/^image\/(jpeg|png|webp|heic)$/.test(file.type)) {
    return "photo";
  }
  if (/^audio\/(ogg|opus)$/.test(file.type)) {
    return "voice";
  }
  return file.type.startsWith("video/") ? "video" : "document";
}

/** Ask for files and send them; `chosen`: files dropped or pasted beforehand. */
export async function attachFiles(person, chosen = []) {
  const files = [...chosen];
  const answer = await askForm({ title: say("send_files"), yes: say("send"), rows: fileRows(files) });
  if (answer && files.length) {
    await sendFiles(person, files, answer);
  }
}

/** Whether files of these kinds can share an album. */
const together = (kinds) => kinds.length > 1 && ALBUMS.some((group) => kinds.every((kind) => group.includes(kind)));

async function sendFiles(person, files, { kind, caption }) {
  const kinds = files.map((file) => kind || kindOf(file));
  const album = together(kinds) ? crypto.getRandomValues(new Uint32Array(1))[0] : undefined;
  for (const [index, file] of files.entries()) {
    // One by one, so that the album keeps its order.
    await sendFile(person, file, { kind: kinds[index], album, caption: index === 0 ? caption : "" });
  }
}

function fileRows(files) {
  const list = element("ul", { class: "file-list" });
  const note = element("p", { class: "note", role: "status" });
  const input = element("input", { type: "file", multiple: true, class: "visually-hidden", id: "file-input",
    onchange: () => {
      add(input.files);
      input.value = "";
    } });
  const add = (more) => {
    files.push(...more);
    draw();
  };
  const draw = () => {
    list.replaceChildren(...files.map((file) => fileRow(file, () => {
      files.splice(files.indexOf(file), 1);
      draw();
    })));
    note.textContent = together(files.map(kindOf)) ? say("album_note", { count: files.length }) : "";
  };
  draw();
  const kinds = [["", say("kind_auto")], ...KINDS.map((kind) => [kind, say(`kind_${kind}`)])];
  return [dropZone(input, add), list, note, selection(say("send_as"), { name: "kind" }, kinds),
    field(say("caption"), { name: "caption", maxlength: 1024 })];
}

function dropZone(input, add) {
  const over = (is) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", is);
  };
  const zone = element("div", { class: "drop-zone", ondragover: over(true), ondragleave: over(false),
    ondrop: (event) => {
      over(false)(event);
      add(event.dataTransfer.files);
    } }, input, element("label", { for: "file-input", class: "primary" }, icon("attach"), say("choose_files")),
  element("span", { class: "note" }, say("drop_files")));
  return zone;
}

function fileRow(file, remove) {
  return element("li", {}, icon(kindOf(file) === "photo" ? "picture" : "document"),
    element("span", { class: "file-name" }, file.name), element("span", { class: "file-size" }, size(file.size)),
    iconButton("close", say("remove_file", { name: file.name }), remove));
}

/** Resolves to a body for POST …/messages, or null. */
export async function askContact(person) {
  const values = await askForm({ title: say("contact"), yes: say("send"), rows: [
    field(say("phone"), { name: "phone_number", type: "tel", required: true, value: "+7", pattern: PHONE_PATTERN }),
    field(say("first_name"), { name: "first_name", required: true, maxlength: 64, value: person.first_name }),
    field(say("last_name"), { name: "last_name", maxlength: 64, value: person.last_name ?? "" }),
    checkbox(say("own_contact"), { name: "own", checked: true }),
  ] });
  if (!values) {
    return null;
  }
  const { own, last_name: lastName, ...contact } = values;
  return { contact: { ...contact, phone_number: contact.phone_number.replace(/[ ()-]/g, ""),
    ...(lastName ? { last_name: lastName } : {}), ...(own ? { user_id: person.id } : {}) } };
}

/** Resolves to a body for POST …/messages, or null. */
export async function askLocation() {
  const degrees = (words, name, most) => field(words, { name, type: "number", required: true, step: "any",
    min: -most, max: most, value: ASTANA[name] });
  const values = await askForm({ title: say("location"), yes: say("send"), rows: [
    degrees(say("latitude"), "latitude", 90), degrees(say("longitude"), "longitude", 180)] });
  return values && { location: { latitude: Number(values.latitude), longitude: Number(values.longitude) } };
}
