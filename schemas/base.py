"""The one base of all models: frozen, no unknown fields, field docstrings become schema descriptions."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen value. Change it with ``model_copy(update=…)``; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
