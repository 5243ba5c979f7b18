"""The table [knowledge]: how the team's documents are read and found."""

from pydantic import BaseModel, ConfigDict, Field


class KnowledgeSettings(BaseModel):
    """What holds for the knowledge, beside the documents themselves."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    embeddings: str = Field(
        "",
        pattern=r"^(openai:[^\s:@]\S*)?$",
        description="Find passages by meaning too: 'openai:MODEL' asks the server of `openai_base_url` for vectors; "
        "empty finds them by their words alone.",
    )
    embeddings_timeout_s: float = Field(
        20.0, gt=0, le=600, description="Seconds that one call for vectors may take, its retries included."
    )
    networks: dict[str, list[str]] = Field(
        default_factory=dict,
        description="Hosts of your own that pages may be added from, each with its networks, such as ['10.0.0.0/8']; "
        "all others must be on the public internet.",
    )
