// A small menu beside the button that opened it.
import { element, icon } from "./dom.js";
import { arrowKeys } from "./keyboards.js";

const GAP_PX = 4;

/** `choices`: {icon, words, run}. Closes on choice, Escape, Tab or a click elsewhere; returns the focus. */
export function openMenu(anchor, label, choices) {
  const back = anchor.tabIndex < 0 ? anchor.closest("li") : anchor;
  const close = () => {
    box.remove();
    document.removeEventListener("pointerdown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
  };
  const outside = (event) => box.contains(event.target) || close();
  const items = choices.map((choice) => element("button", { type: "button", role: "menuitem", onclick: () => {
    close();
    back.focus();
    choice.run();
  } }, icon(choice.icon), choice.words));
  const box = element("div", { class: "menu", role: "menu", "aria-label": label, onkeydown: (event) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close();
      back.focus();
    }
  } }, items);
  arrowKeys(box, "[role=menuitem]");
  document.body.append(box);
  position(box, anchor.getBoundingClientRect());
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  items[0].focus();
}

/** Below the anchor if there is room, else above; always inside the window. */
function position(box, anchor) {
  const below = anchor.bottom + GAP_PX;
  const top = below + box.offsetHeight <= innerHeight ? below : anchor.top - GAP_PX - box.offsetHeight;
  const left = Math.min(anchor.left, innerWidth - box.offsetWidth - GAP_PX);
  box.style.top = `${Math.max(top, GAP_PX)}px`;
  box.style.left = `${Math.max(left, GAP_PX)}px`;
}
