"""A message without personal data, and the sentence that tells its writer so."""

from dataclasses import asdict, replace
from typing import Any

from bot.messages import Message, Wishes
from bot.privacy.scrubbing import KINDS, placeholder, scrub

NAMES = {
    "e-mail": ("an e-mail address", "电子邮件地址"),
    "phone": ("a phone number", "电话号码"),
    "card": ("a card number", "银行卡号"),
    "id number": ("an identity number", "证件号码"),
    "IBAN": ("an IBAN", "国际银行账号"),
    "key": ("a password or key", "密码或密钥"),
}


def scrub_message(message: Message) -> Message:
    """The message with placeholders in its text, in the wishes that are words, and in its attachments' names."""
    attachments = tuple(replace(one, name=scrub(one.name).text) for one in message.attachments)
    wishes: dict[str, Any] = {name: scrub(words).text for name, words in _words(message.wishes).items()}
    return replace(
        message, text=scrub(message.text).text, wishes=replace(message.wishes, **wishes), attachments=attachments
    )


def note(message: Message) -> str:
    """One sentence in the writer's language on what was taken out of a scrubbed message; empty where it was clean."""
    said = [message.text, *_words(message.wishes).values(), *(one.name for one in message.attachments)]
    kinds = [kind for kind in KINDS if any(placeholder(kind) in words for words in said)]
    if not kinds:
        return ""
    english, chinese = zip(*(NAMES[kind] for kind in kinds), strict=True)
    if message.tongue == "zh":
        return f"消息里的个人信息（{'、'.join(chinese)}）已略去，没有保存。"
    return f"Personal data in your message was left out and not kept: {', '.join(english)}."


def _words(wishes: Wishes) -> dict[str, str]:
    return {name: wish for name, wish in asdict(wishes).items() if isinstance(wish, str)}
