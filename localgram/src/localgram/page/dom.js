// Builds the page's elements. Text only ever becomes text nodes: nothing that a person or the bot
// writes is parsed as markup.

/**
 * A new element. `attributes`: "onclick" and the like become listeners, true and false set or omit
 * a boolean attribute, null and undefined omit it. Children that are null or false are skipped.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    set(made, name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function set(made, name, value) {
  if (name.startsWith("on")) {
    made.addEventListener(name.slice(2), value);
  } else if (value === true) {
    made.setAttribute(name, "");
  } else if (value !== false && value !== null && value !== undefined) {
    made.setAttribute(name, value);
  }
}

export function byId(id) {
  return document.getElementById(id);
}

/** An icon button; its label is for screen readers and the tooltip. */
export function iconButton(name, label, onclick, attributes = {}) {
  return element("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick,
    ...attributes }, icon(name));
}

const PATHS = {
  add: "M12 5v14M5 12h14",
  attach: "m20 11-8.4 8.4a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.4a1.7 1.7 0 0 1-2.4-2.4L14.6 7",
  back: "M15 5l-7 7 7 7",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM5.7 5.700l12.6 12.6",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v5l3.5 2",
  close: "M6 6l12 12M18 6 6 18",
  contact: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6",
  copy: "M9 9h10v11H9zM5 15V4h10",
  document: "M6 3h8l4 4v14H6zM14 3v5h4",
  down: "M6 9.5l6 6 6-6",
  download: "M12 4v11m-5-4.5 5 5 5-5M5 20h14",
  edit: "M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3",
  forward: "M13 5l7 7-7 7M20 12H4",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  link: "M8 16 16.5 7.5M9 7h8v8",
  location: "M12 21s-7-6.2-7-11.5a7 7 0 0 1 14 0C19 14.8 12 21 12 21Z"
    + "M12 7.5a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.400Z",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  picture: "M4 5h16v14H4zM4 16l4.5-4.5 3.5 3 3-3 5 4.5M9 9.5v.01",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  reply: "M10 5l-6 6 6 6M4 11h9c4 0 7 2.5 7 8",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16 16l4.5 4.5",
  send: "M4 12 20.5 4.5 16 20l-4-6.5ZM12 13.5l8.5-9",
};

/** One of the icons above, hidden from screen readers: the text beside it says the same. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  drawing.append(path);
  return drawing;
}
