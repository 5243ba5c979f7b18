"""Marks inside the PNG: what painted it and how, as other tools read it, and that a machine made it."""

import struct
import zlib
from xml.sax.saxutils import quoteattr

from bot.errors import GalleryError
from bot.messages import Plan

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER_END = len(SIGNATURE) + 25  # IHDR is always the first chunk: 4 length, 4 name, 13 data, 4 checksum
AI_MADE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def stamp(png: bytes, plan: Plan) -> bytes:
    """The same picture with `parameters` text and XMP put behind its header; the pixels are not encoded again.

    Raises:
        GalleryError: These bytes are no PNG.
    """
    if not png.startswith(SIGNATURE) or png[12:16] != b"IHDR":
        raise GalleryError("The painter sent something that is no PNG")
    marks = _text("parameters", parameters(plan)) + _text("XML:com.adobe.xmp", xmp(plan))
    return png[:HEADER_END] + marks + png[HEADER_END:]


def parameters(plan: Plan) -> str:
    """The line that A1111 began and ComfyUI, InvokeAI and gallery sites read.

    Source: AUTOMATIC1111 stable-diffusion-webui, 'PNG info': prompt, then negative prompt, then 'Key: value' pairs.
    """
    pairs = {
        "Steps": plan.steps,
        "CFG scale": f"{plan.guidance_scale:g}",
        "Seed": plan.seed,
        "Size": f"{plan.width_px}x{plan.height_px}",
        "Model": plan.model.replace(",", " "),
        **({"LoRAs": "; ".join(f"{one.name} {one.weight:g}" for one in plan.loras)} if plan.loras else {}),
        "Version": "Limner",
    }
    lines = [plan.prompt]
    if plan.negative_prompt:
        lines.append(f"Negative prompt: {plan.negative_prompt}")
    lines.append(", ".join(f"{key}: {value}" for key, value in pairs.items()))
    return "\n".join(lines)


def xmp(plan: Plan) -> str:
    """IPTC's way to say that a trained model made the whole picture (IPTC Photo Metadata 2023.1)."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        f" Iptc4xmpExt:DigitalSourceType={quoteattr(AI_MADE)}"
        f" xmp:CreatorTool={quoteattr('Limner, ' + plan.model)}/>"
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


def _text(keyword: str, text: str) -> bytes:
    """An iTXt chunk: UTF-8, not compressed (PNG specification, 3rd edition, 11.3.3.4)."""
    body = keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode("utf-8")
    if keyword == "parameters" and text.isascii():
        # Older readers of `parameters` know only tEXt.
        return _chunk(b"tEXt", keyword.encode("latin-1") + b"\0" + text.encode("ascii"))
    return _chunk(b"iTXt", body)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
