"""Tiny models on disk, made once."""

import pytest

from tests.helpers import tiny_models


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """Folder with tiny models named sd15, sdxl, sd3, flux1, schnell, qwen_image, zimage and inpainting.

    Beside them two judges, clip and siglip.
    """
    root = tmp_path_factory.mktemp("models")
    tiny_models.save_sd15(root / "sd15")
    tiny_models.save_sdxl(root / "sdxl")
    tiny_models.save_sd3(root / "sd3")
    tiny_models.save_flux1(root / "flux1")
    tiny_models.save_flux1(root / "schnell", guidance_embeds=False)
    tiny_models.save_qwen_image(root / "qwen_image")
    tiny_models.save_zimage(root / "zimage")
    tiny_models.save_inpainting(root / "inpainting")
    tiny_models.save_clip(root / "clip")
    tiny_models.save_siglip(root / "siglip")
    return root
