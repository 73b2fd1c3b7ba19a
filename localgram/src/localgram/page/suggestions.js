// Suggestions while a command or an inline query is being typed. The focus stays in the field.
import { byId, element } from "./dom.js";
import { say } from "./language.js";

export class Suggestions {
  constructor(input) {
    this.input = input;
    this.box = byId("suggestions");
    this.options = [];
    this.at = -1;
  }

  get open() {
    return !this.box.hidden;
  }

  /** `options`: {title, description, badge, run}; an empty list shows that nothing was found. */
  show(label, options) {
    this.options = options;
    this.box.setAttribute("aria-label", label);
    this.box.replaceChildren(...options.map((option, index) => this.#row(option, index)));
    if (options.length === 0) {
      this.box.append(element("p", { class: "note", role: "status" }, say("nothing_found")));
    }
    this.box.hidden = false;
    this.#mark(options.length ? 0 : -1);
  }

  hide() {
    this.box.hidden = true;
    this.options = [];
    this.#mark(-1);
  }

  /** Handle a key; returns whether it was for the list. */
  key(event) {
    if (!this.open || event.isComposing) {
      return false;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length) {
      this.#mark((this.at + step + this.options.length) % this.options.length);
      return true;
    }
    if (event.key === "Escape") {
      this.hide();
      return true;
    }
    if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") {
      return this.#choose(this.at);
    }
    return false;
  }

  #row({ title, description, badge }, index) {
    return element("div", { class: "suggestion", role: "option", id: `suggestion-${index}`,
      onpointerdown: (event) => event.preventDefault(), onclick: () => this.#choose(index) },
    badge && element("span", { class: "badge", "aria-hidden": "true" }, badge),
    element("span", { class: "suggestion-title" }, title),
    element("span", { class: "suggestion-words" }, description ?? ""));
  }

  #choose(index) {
    const option = this.options[index];
    if (!option) {
      return false;
    }
    this.hide();
    option.run();
    return true;
  }

  #mark(index) {
    this.at = index;
    [...this.box.querySelectorAll("[role=option]")].forEach((row, number) => {
      row.setAttribute("aria-selected", String(number === index));
      if (number === index) {
        row.scrollIntoView({ block: "nearest" });
      }
    });
    if (index < 0) {
      this.input.removeAttribute("aria-activedescendant");
    } else {
      this.input.setAttribute("aria-activedescendant", `suggestion-${index}`);
    }
  }
}
