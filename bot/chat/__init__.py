"""What all chat platforms share: who may ask, what a message shows, and what its buttons do.

An adapter turns an event into an `Ask` or a press of a button, hands it to the `Front`, and shows the `Card` that
`cards` makes of progress and replies in its platform's own form.
"""

from bot.chat.card import Button, Card, Field, Form, Shown
from bot.chat.cards import cancelled, finished, refused, under_way
from bot.chat.front import Front
from bot.chat.gate import Gate
from bot.chat.people import Ask, Asker, Place

__all__ = [
    "Ask",
    "Asker",
    "Button",
    "Card",
    "Field",
    "Form",
    "Front",
    "Gate",
    "Place",
    "Shown",
    "cancelled",
    "finished",
    "refused",
    "under_way",
]
