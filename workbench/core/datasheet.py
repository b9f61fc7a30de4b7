"""The data sheet and the methods paragraph of a release.

The questions are those of Gebru et al., “Datasheets for Datasets”, Communications of the ACM 64(12), 2021. What
the manifest knows is filled in; what only people know comes from the project's own words, a text for each
section, and what is still missing says so.
"""

from collections.abc import Mapping
from typing import Any, Final

from workbench.core.errors import Invalid
from workbench.core.record import Json
from workbench.core.release_agreement import told
from workbench.core.words import many

SECTIONS: Final = {
    "motivation": "Motivation",
    "composition": "Composition",
    "collection": "Collection process",
    "preprocessing": "Preprocessing/cleaning/labelling",
    "uses": "Uses",
    "distribution": "Distribution",
    "maintenance": "Maintenance",
}
ASKED: Final = {
    "motivation": "For what purpose was it made, by whom and on whose behalf, and who paid for it?",
    "composition": "Is it a sample of something larger, and how was it drawn? Is anything missing, confidential or "
    "offensive? Are people identified who might be harmed?",
    "collection": "How and over which time were the articles got? Were reviewers paid and how were they chosen? "
    "Was there an ethical review? Do the people concerned know?",
    "preprocessing": "What was done before the import? Is the raw material kept and where?",
    "uses": "What has it been used for? What should it be used for, and what not?",
    "distribution": "To whom is it given, how and when? Under which licence or terms are the annotations? Do others "
    "hold rights in the texts?",
    "maintenance": "Who looks after it and how can they be reached? Will there be corrections, and how are they told? "
    "May others add to it?",
}  # fmt: skip
"""What only people know, a question for each section."""
MISSING: Final = "**To be filled in by people:**"


def datasheet(manifest: Json, words: Mapping[str, str]) -> str:
    """Return the data sheet in Markdown."""
    known = {
        "composition": _composition(manifest),
        "collection": _collection(manifest),
        "preprocessing": _labelling(manifest),
        "distribution": _distribution(manifest),
        "maintenance": "- A release is never changed. Corrections are made in a later release, and "
        "`workbench release diff` lists them object by object; a release that should no longer be used is withdrawn "
        "with a reason, and stays on record.",
    }
    parts = [
        f"# Data sheet: {manifest['project']['title']}, release {manifest['release']}",
        "After Gebru et al., *Datasheets for Datasets* (2021). Figures are taken from the release itself.",
    ]
    for key, heading in SECTIONS.items():
        said = _demoted(words.get(key, "").strip()) or f"{MISSING} {ASKED[key]}"
        parts += [f"## {heading}", *([known[key]] if key in known else []), said]
    return "\n\n".join(parts) + "\n"


def missing(words: Mapping[str, str]) -> list[str]:
    """List the sections that nobody has written anything for."""
    return [heading for key, heading in SECTIONS.items() if not words.get(key, "").strip()]


def words_from(source: str) -> dict[str, str]:
    """Read the project's words from Markdown, a heading of level two for each section; raises Invalid."""
    keys = {heading.casefold(): key for key, heading in SECTIONS.items()}
    found: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for line in source.splitlines():
        if line.startswith("## "):
            key = keys.get(line[3:].strip().casefold())
            if key is None:
                raise Invalid(
                    f"“{line[3:].strip()[:60]}” is no section; the sections are {', '.join(SECTIONS.values())}."
                )
            lines = found.setdefault(key, [])
        elif lines is not None:
            lines.append(line)
        elif line.strip():
            raise Invalid(f"“{line.strip()[:60]}” stands before the first heading; begin with “## Motivation”.")
    return {key: "\n".join(rows).strip() for key, rows in found.items() if "".join(rows).strip()}


def words_to(words: Mapping[str, str]) -> str:
    """Return the project's words as Markdown that ``words_from`` reads."""
    parts = [(f"## {heading}", words.get(key, "").strip()) for key, heading in SECTIONS.items()]
    return "\n\n".join(line for part in parts for line in part if line) + "\n"


def _demoted(said: str) -> str:
    """Return a text whose headings stand below those of the sheet."""
    return "\n".join(f"##{line}" if line.startswith(("# ", "## ")) else line for line in said.splitlines())


def _composition(manifest: Json) -> str:
    counts = manifest["counts"]
    days = counts["published"]
    lines = [
        f"- {many(counts['articles'], 'news article')} in {many(counts['clusters'], 'cluster')} of near-duplicates, "
        f"{counts['sentences']:,} sentences, {counts['characters']:,} characters.",
        f"- Published from {days['first']} to {days['last']}, as far as known." if days else "- No dates are known.",
        f"- Languages: {_list(counts['language'])}. Outlets: {_list(counts['outlet'], 12)}.",
        f"- {many(counts['entities']['all'], 'entity', 'entities')}: {_list(counts['entities']['label'])}.",
        f"- {many(counts['stances']['all'], 'stance')}; by target: {_list(counts['stances']['target'])}; "
        f"by polarity: {_list(counts['stances']['polarity'])}.",
        f"- {many(counts['commitments']['all'], 'commitment')}; by type: {_list(counts['commitments']['type'])}; "
        f"by status: {_list(counts['commitments']['status'])}.",
        f"- Parts: {_list(counts['split'])}. A cluster of near-duplicates is never in two parts.{_between(manifest)}",
        "- The texts are included." if manifest["parameters"]["text"] else "- The texts are left out; offsets and "
        "SHA-256 sums let whoever has them put them back (`workbench rejoin`).",
    ]  # fmt: skip
    return "\n".join(lines)


def _between(manifest: Json) -> str:
    count = (manifest["splits"] or {}).get("articles_between", 0)
    return f" In none {'is' if count == 1 else 'are'} {many(count, 'article')} near to two of them." if count else ""


def _collection(manifest: Json) -> str:
    return (
        "- Articles were imported as files and kept exactly as they came; exact twins were skipped, near-duplicates "
        "(a quarter of their runs of five words in common) share a cluster.\n"
        f"- {many(len(manifest['reviewers']), 'reviewer')} ({', '.join(manifest['reviewers']) or 'none named'}); "
        f"{_reviews(manifest['counts']['reviews_of_an_article'])}."
    )


def _reviews(counts: Mapping[str, int]) -> str:
    rows = sorted(counts.items(), key=lambda row: int(row[0]))
    return ", ".join(f"{many(count, 'article')} read by {number}" for number, count in rows)


def _labelling(manifest: Json) -> str:
    counts, versions = manifest["counts"], manifest["versions"]
    machines = ", ".join(f"`{name}`" for name in versions["suggesters"]) or "none"
    return (
        f"- Proposed by: {machines}.\n"
        f"- Where objects come from: {_list(counts['origin'])}. How they were decided: {_list(counts['decided'])}.\n"
        f"- Adjudicated articles: {manifest['adjudicated']:,}. Agreement: {told(manifest['agreement'])}.\n"
        f"- Scheme version {manifest['scheme']['version']}, guidelines version {manifest['guidelines']['version']}; "
        "both are part of the release (`scheme.json`, `guidelines.md`).\n"
        f"- Made with Workbench {versions['workbench']}, record version {versions['gold']}, "
        f"tokeniser {versions['tokeniser']}."
    )


def _distribution(manifest: Json) -> str:
    return f"- Licences of the articles: {_list(manifest['counts']['licence'])}; `LICENCES` names each article's."


def methods(manifest: Json, sha256: str) -> str:
    """Return a paragraph on how the data was made, to be pasted into a paper; ``sha256`` is that of the records."""
    counts, versions = manifest["counts"], manifest["versions"]
    kinds = " and ".join([
        ", ".join([many(counts["entities"]["all"], "entity", "entities"), many(counts["stances"]["all"], "stance")]),
        many(counts["commitments"]["all"], "commitment"),
    ])  # fmt: skip
    sentences = [
        f"We annotated {many(counts['articles'], 'news article')} with {kinds}, using Workbench "
        f"{versions['workbench']}.",
        f"{_who(versions['suggesters'], many(len(manifest['reviewers']), 'reviewer'))}, under version "
        f"{manifest['guidelines']['version']} of the guidelines.",
        f"Of the objects, {_origins(counts['origin'])}; {many(manifest['adjudicated'], 'article')} went to an "
        f"adjudicator. Agreement: {told(manifest['agreement'])}.",
        *_parts(manifest),
        f"The data set is release {manifest['release']} of {manifest['project']['title']} "
        f"(SHA-256 of the records: {sha256}).",
    ]
    return " ".join(sentences) + "\n"


def _who(suggesters: list[str], reviewers: str) -> str:
    if not suggesters:
        return f"Nothing was proposed by a machine; {reviewers} annotated the articles"
    return f"Proposals were made by {', '.join(suggesters)}; {reviewers} decided on them and added what was missing"


def _origins(counts: Mapping[str, int]) -> str:
    words = {"suggested": "stand as proposed", "corrected": "were corrected", "added": "were added by hand"}
    return ", ".join(f"{counts.get(origin, 0):,} {said}" for origin, said in words.items())


def _parts(manifest: Json) -> list[str]:
    wanted = manifest["parameters"]["split"]
    if not wanted:
        return []
    return [
        f"It is divided into parts ({_list(manifest['counts']['split'])}; aimed at "
        f"{'/'.join(map(str, wanted.values()))}, seed {manifest['parameters']['seed']}) that are stratified by "
        "content and outlet and share no near-duplicates."
    ]


def _list(counts: Mapping[str, Any], most: int = 40) -> str:
    shown = [f"{name} {count:,}" for name, count in list(counts.items())[:most]]
    rest = len(counts) - len(shown)
    return ", ".join(shown + ([f"and {rest} more"] if rest > 0 else [])) or "none"
