/** What a site embeds: a button, and a frame in which the chat is a page of its own. The site sees none of it. */
(() => {
  const script = document.currentScript;
  if (!script || customElements.get("limner-widget")) return;
  customElements.define("limner-widget", class extends HTMLElement {});
  const settings = {/*settings*/}, own = script.dataset;
  const language = /^zh/i.test(own.language || navigator.language) ? "zh" : "en";
  const say = {
    en: { open: "Open the chat", close: "Close the chat", fresh: "Open the chat: new message" },
    zh: { open: "打开客服对话", close: "关闭客服对话", fresh: "打开客服对话：有新消息" },
  }[language];
  const colour = /^#[0-9a-f]{6}$/i.test(own.colour) ? own.colour : settings.colour;
  // Black or white, whichever has more contrast (WCAG 2.2).
  const [r, g, b] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  const ink = 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000000" : "#ffffff";
  const title = own.title || settings.title[language] || "";
  const url = new URL("widget/", script.src);
  url.search = new URLSearchParams({ language, title, colour, ink });

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial !important }
    button { position: fixed; inset: auto 20px 20px auto; z-index: 2147483001; width: 56px; height: 56px; padding: 14px;
      border: 0; border-radius: 50%; background: ${colour}; color: ${ink}; box-shadow: 0 2px 12px #0005; cursor: pointer }
    button:focus-visible { outline: 3px solid ${colour}; outline-offset: 3px; box-shadow: 0 0 0 3px #fff }
    svg { display: block; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round }
    .fresh::after { content: ""; position: absolute; inset: 0 0 auto auto; width: 14px; height: 14px; border: 2px solid #fff;
      border-radius: 50%; background: #c22 }
    iframe { position: fixed; inset: auto 20px 88px auto; z-index: 2147483000; width: 390px; border: 0; border-radius: 16px;
      height: min(640px, 100dvh - 108px); box-shadow: 0 8px 40px #0005; color-scheme: light dark; background: Canvas }
    [hidden] { display: none }
    @media (max-width: 480px) {
      iframe { inset: 0; width: 100%; height: 100dvh; border-radius: 0 }
      iframe:not([hidden]) + button { display: none }
    }
    @media print { iframe, button { display: none } }`);
  const button = document.createElement("button"), frame = document.createElement("iframe");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = svg.appendChild(document.createElementNS(svg.namespaceURI, "path"));
  svg.setAttribute("viewBox", "0 0 24 24");
  button.append(svg);
  frame.title = title || say.open;
  frame.hidden = true;

  let stored = {}; // whether it is open, for the site's next page
  try {
    stored = sessionStorage;
  } catch {}
  let wants = false, ready = false; // to give the chat the focus; whether it is there
  const send = () => ready && (frame.focus(), frame.contentWindow.postMessage("limner:focus", url.origin));
  function show(open, byHand) {
    if (open && !frame.src) frame.src = url;
    frame.hidden = !open;
    button.classList.remove("fresh");
    button.ariaLabel = open ? say.close : say.open;
    button.ariaExpanded = open;
    path.setAttribute("d", open ? "M6 6l12 12M18 6L6 18" : "M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12h5");
    stored["limner-widget"] = open ? "open" : "";
    wants = open && byHand;
    if (wants) send();
    else if (byHand) button.focus();
  }
  button.onclick = () => show(frame.hidden, true);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement === host && !frame.hidden) show(false, true);
  });
  addEventListener("message", ({ source, origin, data }) => {
    if (!frame.contentWindow || source !== frame.contentWindow || origin !== url.origin) return;
    if (data === "limner:close") show(false, true);
    if (data === "limner:ready") (ready = true), wants && send();
    if (data === "limner:fresh" && frame.hidden) button.classList.add("fresh"), (button.ariaLabel = say.fresh);
  });
  const host = document.createElement("limner-widget");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  root.append(frame, button);
  const begin = () => (document.body.append(host), show(stored["limner-widget"] === "open", false));
  document.body ? begin() : addEventListener("DOMContentLoaded", begin);
})();
