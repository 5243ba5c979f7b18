/** What the chat and the colleagues' page have in common: words, calls, and how a message looks. */
const WORDS = {
  en: {
    title: "Support", greeting: "Hello! What can we help you with?", by: "Answers by AI. A person takes over when you ask.",
    write: "Write a message", send: "Send", attach: "Attach a picture", attached: "Picture attached", remove: "Remove the picture",
    close: "Close the chat", anew: "New conversation", visitor: "You", limner: "Assistant", person: "Our team", log: "Conversation",
    typing: "An answer is being written …", waiting: "A colleague is looking at your question …", has: "A colleague has this conversation.",
    offline: "No connection. Your message is sent as soon as there is one.", slow: "Too many messages. The next one is sent in a moment.",
    refused: "This could not be taken.", large: "This picture is too large.", sources: "Sources", helped: "Did this help?", yes: "Yes", no: "No",
    why: "What was missing?", thanks: "Thank you!", customer: "Visitor", none: "Nobody waits for you.", wrong: "This is not the key.",
    given: "Limner answers here again.", choose: "Conversations that are people's", key: "Key", name: "Your name", enter: "Log in", release: "Give back to Limner",
  },
  zh: {
    title: "在线客服", greeting: "您好！请问有什么可以帮您？", by: "由 AI 回答，您可以随时转人工。",
    write: "输入消息", send: "发送", attach: "添加图片", attached: "已添加图片", remove: "移除图片",
    close: "关闭对话", anew: "新对话", visitor: "您", limner: "助手", person: "客服", log: "对话",
    typing: "正在写回复……", waiting: "同事正在查看您的问题……", has: "已由人工接待。",
    offline: "没有网络连接，恢复后会自动发送。", slow: "消息太多，下一条稍后发送。",
    refused: "这条消息无法接收。", large: "图片太大。", sources: "来源", helped: "这个回答有帮助吗？", yes: "有", no: "没有",
    why: "缺了什么？", thanks: "谢谢！", customer: "访客", none: "没有等待您的对话。", wrong: "密钥不对。",
    given: "此对话又由 Limner 回答。", choose: "由人工处理的对话", key: "密钥", name: "您的名字", enter: "登录", release: "交还给 Limner",
  },
};
export const $ = (id) => document.getElementById(id);

export function words(language) {
  document.documentElement.lang = /^zh/i.test(language) ? "zh-Hans" : "en";
  return WORDS[document.documentElement.lang.slice(0, 2)];
}

export function el(name, given = {}, ...children) {
  const node = Object.assign(document.createElement(name), given);
  node.append(...children);
  return node;
}

/** 128 random bits. */
export const hex = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");

export function call(path, headers, body) {
  if (body && !(body instanceof Blob)) (headers = { ...headers, "Content-Type": "application/json" }), (body = JSON.stringify(body));
  return fetch(`/widget/api/${path}`, { headers, body, method: body ? "POST" : "GET" });
}

const bold = (line) => line.split(/\*\*(.+?)\*\*/).map((part, at) => (at % 2 ? el("b", {}, part) : part));

/** Light Markdown as nodes: paragraphs, steps, bold; everything else stays text. */
function* rich(text) {
  let open = null;
  for (const line of text.trim().split("\n")) {
    const [, number, dot, item] = line.match(/^\s*(?:(\d{1,3})(?:[.)]\s+|、\s*)|([-*•])\s+)(\S.*)$/) ?? [];
    const kind = number ? "OL" : dot ? "UL" : "P";
    if (!line.trim()) open = open?.nodeName === "OL" ? open : null;
    else {
      const follows = open?.nodeName === kind && (!number || +number === open.start + open.children.length);
      if (!follows) yield (open = number ? el("ol", { start: number }) : el(kind));
      if (kind !== "P") open.append(el("li", {}, ...bold(item)));
      else open.append(...(open.childNodes.length ? ["\n"] : []), ...bold(line));
    }
  }
}

function figure([path, alt, label], headers) {
  const image = el("img", { alt });
  call(`pictures/${path}`, headers).then(async (answer) => answer.ok && (image.src = URL.createObjectURL(await answer.blob()))).catch(() => {});
  return el("figure", {}, image, ...(label ? [el("figcaption", { className: "small" }, label)] : []));
}

const source = ([name, url]) => (/^https?:/.test(url) ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, name) : name);

/** One thing that was said. */
export function bubble(one, name, headers) {
  const node = el("article", { className: one.by }, el("h2", { className: one.by === "person" ? "" : "unseen" }, name));
  node.append(...rich(one.text), ...(one.pictures ?? []).map((given) => figure(given, headers)));
  if (one.sources?.length) node.append(el("p", { className: "small" }, ...one.sources.flatMap((given) => ["↗ ", source(given), "\n"]).slice(0, -1)));
  if (one.label) node.append(el("p", { className: "small" }, one.label));
  return node;
}
