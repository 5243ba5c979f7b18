"""Words that claim a picture are told from words that only speak of one."""

import pytest

from bot.llm.claims import claims_picture


@pytest.mark.parametrize(
    "text",
    [
        "Here is your picture!",
        "Here’s the image you asked for.",
        "Here you go!",
        "Of course. I've painted a red car on a beach for you.",
        "I created this with a warm palette.",
        "The illustration is ready.",
        "Your image has been generated and attached.",
        "Sure, I'll draw a red car.",
        "I am going to paint it now.",
        "Generating your image...",
        "![a red car](http://x.example/car.png)",
        '<img src="car.png">',
        "[Image: a red car on a beach]",
        "这是您要的图片。",
        "已经为您画好了！",
        "图片已生成。",
        "好的，我来画一辆红色的汽车。",
        "正在为您生成图片",
        "Voici votre image !",
        "Hier ist dein Bild.",
        "Aquí tienes la imagen.",
    ],
)
def test_claims(text: str) -> None:
    """A picture that is said to be there, or to come, is a claim; so is one that seems to be shown."""
    assert claims_picture(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello, I paint what you describe.",
        "Which colour shall the car have?",
        "I can draw cars, beaches and cats.",
        "I can't paint that.",
        "I haven't painted anything yet.",
        "If you tell me the colour, I'll paint it.",
        "There is no picture yet to do that with.",
        "No image was made.",
        "A good illustration needs light.",
        "The painting you mean is by Monet.",
        "我不能画这个。",
        "还没有画任何图片。",
        "你想要什么颜色的汽车？",
    ],
)
def test_no_claims(text: str) -> None:
    """Questions, offers, refusals and conditions claim nothing."""
    assert not claims_picture(text)
