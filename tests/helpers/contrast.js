// Every text that is seen, with its contrast to what lies behind it (WCAG 2.2, 1.4.3).
() => {
  const channels = (colour) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const linear = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
  const light = ([red, green, blue]) =>
    0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return channels("Canvas");
  };
  const contrast = (colour, node) => {
    const [darker, lighter] = [light(channels(colour)), light(behind(node))].sort((one, other) => one - other);
    return (lighter + 0.05) / (darker + 0.05);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const node = walker.currentNode.parentElement;
    const seen = node.checkVisibility({ visibilityProperty: true }) && !node.closest(".unseen, option, :disabled");
    const { color, fontSize } = getComputedStyle(node);
    if (text && seen) found.push({ text, contrast: contrast(color, node), size_px: parseFloat(fontSize) });
  }
  for (const field of document.querySelectorAll("textarea, input[type=text], input[type=number]")) {
    const { color } = getComputedStyle(field, "::placeholder");
    if (field.checkVisibility()) found.push({ text: field.placeholder, contrast: contrast(color, field), size_px: 16 });
  }
  return found;
}
