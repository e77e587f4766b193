// What the page is made of. Everything from outside is set as text, never as markup.

export const at = (id) => document.getElementById(id);

/** An element with properties and children; strings become text nodes. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Text for screen readers only. */
export const spoken = (text) => make("span", { className: "unseen-text" }, text);

export const note = (target, text) =>
  target.replaceChildren(make(target.tagName === "UL" ? "li" : "p", { className: "note" }, text));

/** One line of a list, a button that knows which item it stands for. */
export function row(item, current, onclick, ...content) {
  const button = make("button", { type: "button", className: "row", onclick }, ...content);
  button.dataset.id = item.id;
  if (current) button.setAttribute("aria-current", "true");
  return make("li", {}, button);
}

/** Draws a list anew without taking the keyboard away from the line it is on. */
export function keepFocus(list, rows) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  list.replaceChildren(...rows);
  if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** On a narrow screen one pane is seen at a time. */
export function show(pane) {
  document.body.dataset.pane = pane;
  if (pane === "email" && matchMedia("(max-width: 760px)").matches) document.querySelector(".email").focus();
}
