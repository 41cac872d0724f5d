// The few words that scripts say, written by the server in the language of the page.
const box = document.getElementById("tw-words");
export const words = box ? box.dataset : {};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "tw-i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${words.icon}#${name}`);
  svg.append(use);
  return svg;
}
