"""Decides which further packages the wanted packages need; never reaches a network itself.

It runs in an interpreter of its own. Its host sends the wanted packages, gets a list of needed
documents, brings them, and calls again, until there is a plan or a reason against it.
"""

from __future__ import annotations

import email
import importlib.metadata
import json
import platform
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from packaging.markers import default_environment
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name as canonical
from packaging.version import Version
from resolvelib import AbstractProvider, BaseReporter, ResolutionImpossible, Resolver
from resolvelib.resolvers import ResolutionTooDeep

from tabpy_tray import wheel_index
from tabpy_tray.package_wish import Pick, Wanted
from tabpy_tray.wheel_index import Offer, Offers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MAX_STEPS: Final = 2_000
_PYTHON: Final = platform.python_version()
_BUNDLED: Final = "bundled"


class RefusedError(Exception):
    """There is no plan; ``package`` is the package that prevents it, if it is one package.

    ``for_kept``: without keeping earlier added packages, there might be a plan.
    """

    def __init__(self, text: str, package: str | None = None, *, for_kept: bool = False) -> None:
        super().__init__(text)
        self.package = package
        self.for_kept = for_kept


class _NeededError(Exception):
    """Documents are missing."""


@dataclass(slots=True)
class Session:
    """One question with all documents that were brought for it."""

    asked: list[str]
    kept: dict[str, Offer] = field(default_factory=dict)
    files: dict[str, Offer] = field(default_factory=dict)
    lock: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    offers: dict[str, Offers] = field(default_factory=dict)
    need: dict[str, dict[str, Any]] = field(default_factory=dict)
    unfit: str | None = None


_session = Session([])


def answer(body: bytes) -> bytes:
    """Take a question or documents; return what is needed, a plan, or a reason."""
    message = json.loads(body)
    if "standard" in message:
        return json.dumps({"standard": sorted(sys.stdlib_module_names)}).encode()
    if "usualIndex" in message:
        return json.dumps({"usualIndex": wheel_index.usual_index()}).encode()
    if "begin" in message:
        _begin(message["begin"])
    for document in message.get("documents", ()):
        _take(document)
    return json.dumps(_step()).encode()


def _begin(question: dict[str, Any]) -> None:
    global _session  # noqa: PLW0603 - one question at a time, in an interpreter of its own
    _session = Session(list(question["asked"]), lock=question["lock"])
    tags = wheel_index.ranks()
    for wheel in question["wheels"]:
        offer = Offer(
            name=canonical(wheel["name"]),
            version=Version(wheel["version"]),
            file_name=wheel["fileName"],
            sha256=wheel["sha256"],
            source=wheel["source"],
            rank=0,
            size=wheel["bytes"],
            has_metadata=True,
        )
        _session.metadata[offer.file_name] = wheel["metadata"]
        # A package from a file is never looked up: its name on an index may be a stranger's.
        known = _session.files if offer.source == wheel_index.FILE else _session.kept
        known[offer.name] = offer
        if offer.source == wheel_index.FILE and not wheel_index.fits(offer.file_name, tags):
            _session.unfit = offer.file_name


def _take(document: dict[str, Any]) -> None:
    if document["kind"] == "project":
        _session.pages[document["name"]] = document
    else:
        _session.metadata[document["fileName"]] = document["text"]


def _step() -> dict[str, Any]:
    try:
        try:
            return _resolved()
        except RefusedError as refusal:
            if not refusal.for_kept:
                raise
            # Earlier added packages prevent a plan: check whether other versions of them allow it.
            _session.kept = {}
            _session.offers = {}
            return _resolved()
    except _NeededError:
        need = list(_session.need.values())
        _session.need = {}
        return {"need": need}
    except RefusedError as refusal:
        return {"refused": {"text": str(refusal), "package": refusal.package}}


def _resolved() -> dict[str, Any]:
    if _session.unfit is not None:
        raise RefusedError(f"{_session.unfit} is built for another system or another Python.")
    bundled = _bundled()
    wanted = [item for text in _session.asked for item in _wanted(_requirement(text))]
    resolver: Resolver[Wanted, Pick, str] = Resolver(_Provider(bundled), BaseReporter())
    try:
        result = resolver.resolve(wanted, max_rounds=_MAX_STEPS)
    except ResolutionImpossible as conflict:
        raise _explained(conflict, bundled) from conflict
    except ResolutionTooDeep as error:
        raise RefusedError(
            "There are too many combinations of versions to try. Name a version."
        ) from error
    asked = {item.name for item in wanted}
    picks = {pick.offer.name: pick.offer for pick in result.mapping.values()}
    parents: dict[str, list[str]] = {}
    for name in picks:
        for needed in _needed_names(result, name):
            if needed != name:
                parents.setdefault(needed, []).append(name)
    added, there = [], []
    for name, offer in sorted(picks.items()):
        if offer.source == _BUNDLED:
            there.append({"name": name, "version": str(offer.version)})
            continue
        added.append(
            {
                "name": name,
                "version": str(offer.version),
                "fileName": offer.file_name,
                "sha256": offer.sha256,
                "source": offer.source,
                "url": offer.url,
                "bytes": offer.size,
                "isAsked": name in asked,
                "neededBy": sorted(set(parents.get(name, []))),
            }
        )
    return {"plan": {"packages": added, "there": there}}


def _needed_names(result: Any, name: str) -> Iterator[str]:
    """Yield the dependencies of a package's candidates (plain, and with extras)."""
    for key in result.mapping:
        if key is not None and key.partition("[")[0] == name:
            for child in result.graph.iter_children(key):
                yield child.partition("[")[0]


class _Provider(AbstractProvider):  # type: ignore[type-arg]
    """The provider that resolvelib needs."""

    def __init__(self, bundled: dict[str, Offer]) -> None:
        self._bundled = bundled
        self._tags = wheel_index.ranks()

    def identify(self, requirement_or_candidate: Wanted | Pick) -> str:
        """Return the key of either."""
        return requirement_or_candidate.key

    def get_preference(
        self,
        identifier: str,
        resolutions: Mapping[str, Pick],  # noqa: ARG002 - resolvelib names them
        candidates: Mapping[str, Iterator[Pick]],  # noqa: ARG002
        information: Mapping[str, Iterator[Any]],  # noqa: ARG002
        backtrack_causes: Sequence[Any],
    ) -> Any:
        """Order the decisions: causes of conflicts first, then the product's own packages."""
        is_cause = any(identifier == cause.requirement.key for cause in backtrack_causes)
        return (not is_cause, identifier.partition("[")[0] not in self._bundled, identifier)

    def find_matches(
        self,
        identifier: str,
        requirements: Mapping[str, Iterator[Wanted]],
        incompatibilities: Mapping[str, Iterator[Pick]],
    ) -> Iterable[Pick]:
        """Return the wheels that satisfy all requirements, the best first."""
        wanted = list(requirements[identifier])
        refused = {pick.offer.file_name for pick in incompatibilities[identifier]}
        name, extra = wanted[0].name, wanted[0].extra
        return [
            Pick(offer, extra)
            for offer in self._offered(name)
            if offer.file_name not in refused and all(_satisfies(one, offer) for one in wanted)
        ]

    def is_satisfied_by(self, requirement: Wanted, candidate: Pick) -> bool:
        """Check whether a wheel fits a requirement."""
        return _satisfies(requirement, candidate.offer)

    def get_dependencies(self, candidate: Pick) -> Iterable[Wanted]:
        """Return the needs of a wheel; names whose pages are missing are noted on the way."""
        offer, extra = candidate.offer, candidate.extra
        dependencies: list[Wanted] = []
        if extra is not None:
            dependencies.append(Wanted(offer.name, None, _exactly(offer)))
        dependencies += [
            wanted
            for text in _requires(offer)
            for requirement in [_requirement(text)]
            if _applies(requirement, extra)
            for wanted in _wanted(requirement)
        ]
        for wanted in dependencies:
            self._look_up(wanted.name)
        return dependencies

    def _look_up(self, name: str) -> None:
        if name in self._bundled or name in _session.files or name in _session.kept:
            return
        if name not in _session.pages:
            _session.need[name] = {"kind": "project", "name": name}

    def _offered(self, name: str) -> list[Offer]:
        """Return the wheels of a package, the best first."""
        for known in (self._bundled, _session.files, _session.kept):
            if name in known:
                return [known[name]]
        self._look_up(name)
        if name not in _session.pages:
            raise _NeededError
        if name not in _session.offers:
            offers = Offers(name, [])
            try:
                wheel_index.from_page(offers, _session.pages[name], self._tags, _PYTHON)
            except (ValueError, TypeError, AttributeError, KeyError) as error:
                offers.fault = f"its page on the index cannot be read ({error})"
            if name in _session.lock:
                wheel_index.from_pyodide(offers, _session.lock[name], self._tags)
            offers.wheels.sort(key=lambda offer: (offer.version, -offer.rank), reverse=True)
            _session.offers[name] = offers
        return _finals_first(_session.offers[name].wheels)


def _finals_first(offers: list[Offer]) -> list[Offer]:
    """Sort pre-releases and withdrawn versions behind all others."""
    return sorted(offers, key=lambda offer: (offer.yanked, offer.version.is_prerelease))


def _satisfies(wanted: Wanted, offer: Offer) -> bool:
    specifier = wanted.requirement.specifier
    # A pre-release or withdrawn version only if it is requested or the only one.
    if offer.yanked and not any(one.operator in ("==", "===") for one in specifier):
        return False
    return specifier.contains(offer.version, prereleases=True)


def _bundled() -> dict[str, Offer]:
    found = {}
    for distribution in importlib.metadata.distributions():
        name = canonical(distribution.metadata["Name"])
        found[name] = Offer(name, Version(distribution.version), f"bundled {name}", "", _BUNDLED, 0)
    return found


def _requires(offer: Offer) -> list[str]:
    if offer.source == _BUNDLED:
        return importlib.metadata.requires(offer.name) or []
    if offer.source == wheel_index.PYODIDE and offer.file_name not in _session.metadata:
        return list(offer.depends)
    text = _session.metadata.get(offer.file_name)
    if text is None:
        _session.need[offer.file_name] = {
            "kind": "metadata",
            "fileName": offer.file_name,
            "url": offer.url,
            "sha256": offer.sha256,
            "bytes": offer.size,
            "hasMetadata": offer.has_metadata,
        }
        raise _NeededError
    return email.message_from_string(text).get_all("Requires-Dist") or []


def _applies(requirement: Requirement, extra: str | None) -> bool:
    if requirement.marker is None:
        return extra is None
    environment = {**default_environment(), "extra": ""}
    plain = requirement.marker.evaluate(environment)
    if extra is None:
        return plain
    return not plain and requirement.marker.evaluate({**environment, "extra": extra})


def _wanted(requirement: Requirement) -> list[Wanted]:
    name = canonical(requirement.name)
    extras = sorted(requirement.extras)
    return [Wanted(name, extra, requirement) for extra in (extras or [None])]


def _exactly(offer: Offer) -> Requirement:
    return Requirement(f"{offer.name}=={offer.version}")


def _requirement(text: str) -> Requirement:
    try:
        requirement = Requirement(text)
    except InvalidRequirement as error:
        raise RefusedError(
            f"'{text}' is not the name of a package. Write NAME or NAME==VERSION."
        ) from error
    if requirement.url is not None:
        raise RefusedError(
            f"{requirement.name} is requested from an address, not from the package index."
        )
    return requirement


def _explained(conflict: Any, bundled: dict[str, Offer]) -> RefusedError:
    """Explain in words why there is no plan."""
    causes = list(conflict.causes)
    for cause in causes:
        name = cause.requirement.name
        if name in _session.offers and not _session.offers[name].wheels:
            return RefusedError(_nothing_of(_session.offers[name], cause.parent), name)
    name = causes[0].requirement.name
    wishes = sorted({_wish(cause) for cause in causes})
    text = f"{'; '.join(wishes)}."
    if name in bundled:
        text += f" TabPy Tray includes {name} {bundled[name].version}, which cannot be changed."
    elif name in _session.offers:
        newest = _session.offers[name].wheels[0].version
        text += f" The newest {name} that runs here is {newest}."
    involved = {cause.requirement.name for cause in causes}
    involved |= {cause.parent.offer.name for cause in causes if cause.parent is not None}
    return RefusedError(text, name, for_kept=not involved.isdisjoint(_session.kept))


def _wish(cause: Any) -> str:
    requirement = cause.requirement.requirement
    what = f"{requirement.name}{requirement.specifier}"
    return f"{what} is requested" if cause.parent is None else f"{_of(cause.parent)} needs {what}"


def _of(pick: Pick) -> str:
    return f"{pick.offer.name} {pick.offer.version}"


def _nothing_of(offers: Offers, parent: Pick | None) -> str:
    name = offers.name
    why = f"{_of(parent)} needs {name}, and " if parent is not None else ""
    if offers.fault:
        return f"{why}{name} could not be looked up: {offers.fault}."
    if not offers.exists:
        return f"{why}the index has no package named {name}."
    if offers.needs_python:
        return f"{why}{name} is for Python {offers.needs_python}; this is Python {_PYTHON}."
    if offers.without_hash:
        return f"{why}the index offers {name} without SHA-256, so it could not be checked."
    if offers.has_foreign:
        return f"{why}{name} has no build for WebAssembly, only for other systems or Pythons."
    if offers.has_source:
        return f"{why}the index has {name} as source only, which cannot be built here."
    return f"{why}the index has no file of {name}."
