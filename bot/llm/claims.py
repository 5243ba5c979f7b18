"""Whether words say that there is, or will be, a picture: only code may say that, and it shows the picture itself."""

import re

_MADE = r"painted|drawn|drew|created|generated|made|rendered|sketched|illustrated|attached|designed|produced"
_MAKE = r"paint|draw|create|generate|make|render|sketch|illustrate|design|produce"
_THING = r"pictures?|images?|illustrations?|paintings?|drawings?|artworks?|sketch(?:es)?|portraits?|photos?|renders?"
_CLAIMS = re.compile(
    rf"""
    \bhere(?:'s|\ is|\ are|\ you\ have)\b[^.!?\n]{{0,60}}\b(?:{_THING})\b
    | \bhere\ (?:you\ go|it\ is|they\ are)\b
    | \bi(?:'ve|\ have)?\ (?:just\ |now\ |already\ )?(?:{_MADE})\b
    | \b(?:{_THING})\b[^.!?\n]{{0,40}}\b(?:is|are|has\ been|have\ been)\ (?:now\ )?(?:ready|done|below|{_MADE})\b
    | \bi(?:'ll|\ will|'m\ going\ to|\ am\ going\ to)\ (?:now\ )?(?:{_MAKE})\b
    | \b(?:painting|drawing|creating|generating|rendering)\ (?:your|the|an?|that)\b[^.!?\n]{{0,60}}\b(?:{_THING})\b
    | (?:这是|这就是|以下是|给你)[^。！？\n]{{0,20}}(?:图|画|插画|照片)
    | 已经?(?:为你|为您|帮你|帮您|给你|给您)?[^。！？\n]{{0,6}}(?:画|绘制|生成|创作|制作)
    | (?:图片|图像|画作|插画|图)[^。！？\n]{{0,6}}(?:已|如下|好了|完成)
    | (?:正在|马上|我来|我会|我将|这就)[^。！？\n]{{0,8}}(?:画|绘制|生成|创作)
    | \b(?:aquí\ (?:está|tienes)|voici|hier\ ist|ecco|aqui\ está)\b[^.!?\n]{{0,60}}
      \b(?:im[aá]gen|dibujo|image|dessin|bild|immagine|imagem)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DENIAL = re.compile(
    r"\b(?:not|no|never|cannot|unable|unless|until|would|could|if|when|once)\b|n't\b|不|没|无法|如果|等你|等您",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"!\[[^\]\n]{0,400}\]\s?\(|<img\b|\[(?:image|picture|photo|图片)\b", re.IGNORECASE)


def claims_picture(text: str) -> bool:
    """Whether the text claims, promises or seems to show a picture; denials and conditions are none."""
    if _SHOWN.search(text):
        return True
    sentences = re.split(r"(?<=[.!?。！？\n])", text.replace("’", "'"))
    return any(_CLAIMS.search(sentence) and not _DENIAL.search(sentence) for sentence in sentences)
