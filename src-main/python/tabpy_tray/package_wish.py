"""The requirements and candidates that resolvelib works with; must not know how it chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.requirements import Requirement

    from tabpy_tray.wheel_index import Offer


@dataclass(frozen=True, slots=True)
class Wanted:
    """A requirement in resolvelib's terms: for a package, or for a package with an extra."""

    name: str
    extra: str | None
    requirement: Requirement

    @property
    def key(self) -> str:
        """Return the key by which resolvelib tells packages apart."""
        return self.name if self.extra is None else f"{self.name}[{self.extra}]"


@dataclass(frozen=True, slots=True)
class Pick:
    """A candidate: an offer, with the extra that it stands for."""

    offer: Offer
    extra: str | None

    @property
    def key(self) -> str:
        """Return the key by which resolvelib tells packages apart."""
        return self.offer.name if self.extra is None else f"{self.offer.name}[{self.extra}]"
