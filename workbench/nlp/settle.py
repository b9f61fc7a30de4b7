"""One reading out of many proposals: the model's, the registry's and the rules'."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from spacy.tokens import Doc, Span

from workbench.nlp.bodies import bodies, firms, heads_a_body
from workbench.nlp.boundaries import trimmed, without_nationality
from workbench.nlp.counts import money, quantities, weapons
from workbench.nlp.credits import credits, unglued
from workbench.nlp.gazetteer import Gazetteer
from workbench.nlp.mentions import Proposal, text_of
from workbench.nlp.names import repeated, titled
from workbench.nlp.places import mistaken, places, regions
from workbench.nlp.roles import roles
from workbench.nlp.ships import ships
from workbench.nlp.times import is_time, times
from workbench.nlp.tree import tree

_MODEL: Final = {
    "PERSON": "PERSON", "GPE": "GPE", "NORP": "NORP", "ORG": "ORG", "FAC": "FAC", "LOC": "LOC", "EVENT": "EVENT",
    "DATE": "DATE", "TIME": "DATE", "MONEY": "MONEY", "CARDINAL": "QUANTITY", "PRODUCT": "WEAPON", "LANGUAGE": "NORP",
}  # fmt: skip
_VERBS: Final = frozenset({"VB", "VBG", "VBP", "VBZ", "VBN", "VBD", "RB", "IN"})
_NAMES: Final = frozenset({"PERSON", "GPE", "NORP", "ORG", "FAC", "LOC", "EVENT"})
_RANK: Final = re.compile(
    r"(?:(?:Rear|Vice|Lieutenant|Major|Brigadier|Air|Chief|Field|Lt\.?|Maj\.?|Brig\.?)[ -])*(?:Admiral|General|Colonel"
    r"|Captain|Commodore|Marshal|Brigadier|Major|Lieutenant|Commander|Adm\.?|Gen\.?|Col\.?|Capt\.?)"
)
_NO_NAMES: Final = frozenset({
    "President", "Minister", "Secretary", "PM", "MP", "MPs", "Defence", "Defense", "Foreign", "Parliament",
    "Congress", "Opposition", "State", "States", "Government", "Cabinet", "Treasury", "Covid", "Ministers",
    "Officials", "DNA", "TV", "GMT", "BST", "CEST", "Update", "Lunch", "Summary", "Member", "Members", "Head",
    "Heads", "Article", "KEY", "POINTS", "BREAKING", "EXCLUSIVE", "LIVE", "FREE", "WILL", "HALF", "FIRST",
    "PICTURE", "Related", "Good", "Hereby", "Opinion", "Analysis", "Left-wing", "Ex-Para", "Participants",
    "Parties", "Leaders", "Co-Chairs", "Sources", "Experts", "Source", "Critics", "Observers", "Reader", "Readers",
    "Photo", "Image", "Video",
}) | {
    "Prime Minister",
    "Read More",
    "Heads of Government",
    "Heads of State",
    "Heads of State and Government",
    "Member States",
    "Air Force One",
}  # fmt: skip


def readings(doc: Doc, gazetteer: Gazetteer) -> list[Proposal]:
    """Return the entities of an article in reading order, none overlapping another."""
    text = unglued(text_of(doc))
    model = [one for ent in doc.ents if not _common(ent) and (one := _from_model(text, ent, gazetteer))]
    known = list(gazetteer.proposals(text))
    found: list[Proposal] = [
        *known,
        *bodies(text, gazetteer),
        *times(text),
        *money(text),
        *quantities(text),
    ]
    found += [each for each in weapons(text) if not _modifies(doc, each)]
    found += [*ships(text, gazetteer.demonyms), *roles(text, gazetteer.demonyms)]
    called = [each for each in titled(text) if text[each.start : each.end] not in gazetteer.demonyms]
    companies = list(firms(text, gazetteer))
    named = {text[each.start : each.end] for each in companies}
    model = [each for each in model if each.label != "PERSON" or text[each.start : each.end] not in named]
    towns = list(places(text))
    model = list(mistaken(text, model, towns, _called(text, [*model, *called, *known])))
    found += [*called, *companies, *regions(text), *towns]
    found += _people(text, [*model, *called, *known], gazetteer)
    trim = [cut for each in (*_agreed(text, model), *found) if each.rank and (cut := trimmed(text, each))]
    bounded = [without_nationality(text, each, gazetteer.demonyms) for each in trim]
    chosen = settled([*credits(text_of(doc)), *bounded])
    same = {(each.start, each.end, each.label) for each in model}
    return [
        each if each.cue.startswith("model") or (each.start, each.end, each.label) not in same
        else each._replace(agreed=True)
        for each in chosen
    ]  # fmt: skip


def _modifies(doc: Doc, found: Proposal) -> bool:
    """Say whether a word only tells the kind of what follows: *drone fund*, *tank company*."""
    span = tree(doc).covering(found.start, found.end)
    if not span.text.islower() or span[-1].dep_ not in {"compound", "amod", "nmod"}:
        return False
    head = span[-1].head
    return head.i >= span.end and head.pos_ in {"NOUN", "PROPN"} and not span[-1].text.endswith("s")


def settled(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Choose among overlapping proposals: the higher rank, then the longer, then the earlier."""
    starts: list[int] = []
    chosen: list[Proposal] = []
    for each in sorted(proposals, key=lambda one: (-one.rank, one.start - one.end, one.start)):
        at = bisect_left(starts, each.start)
        if at < len(chosen) and chosen[at].start < each.end:
            continue
        if at and chosen[at - 1].end > each.start:
            continue
        starts.insert(at, each.start)
        chosen.insert(at, each)
    return chosen


def _common(ent: Span) -> bool:
    """Say whether the model took a common word, or a headline in capitals, for a name."""
    first = ent[0]
    common = first.tag_ in _VERBS or (first.is_sent_start and first.tag_ in {"NN", "NNS", "JJ"})
    if len(ent) == 1 and ent.label_ != "NORP" and common:
        return True
    if not ent.text.isupper() or not any(len(token) > 3 and token.is_alpha for token in ent):
        return False
    around = (ent.doc[at] for at in (ent.start - 1, ent.end) if 0 <= at < len(ent.doc))
    return len(ent) > 1 or any(token.is_upper and len(token) > 1 for token in around)


def _from_model(text: str, ent: Span, gazetteer: Gazetteer) -> Proposal | None:
    mapped = _MODEL.get(ent.label_)
    found = Proposal(ent.start_char, ent.end_char, mapped or "", f"model: {ent.label_}", 40)
    cut = trimmed(text, found) if mapped else None
    if cut is None:
        return None
    words = text[cut.start : cut.end]
    if mapped in _NAMES:
        return _name(words, cut, gazetteer)
    if mapped == "DATE" and is_time(words) and not re.fullmatch(r"\d+|.*[- ]olds?|an? \w+|the first \w+", words):
        return cut
    return cut if mapped == "MONEY" and re.search(r"[$€£¥]|\b[A-Z]{3}\b|euro|pound|dollar", words) else None


def _name(words: str, found: Proposal, gazetteer: Gazetteer) -> Proposal | None:
    if not any(letter.isupper() for letter in words) or words in _NO_NAMES or len(words) < 2:
        return None
    if "@" in words or "/" in words or (found.label == "PERSON" and any(char.isdigit() for char in words)):
        return None
    if found.label == "NORP" and words not in gazetteer.demonyms and found.cue.endswith("LANGUAGE"):
        return None
    if found.label == "PERSON" and heads_a_body(words) and " " not in words:
        return None
    if found.label == "PERSON" and len(words) < 6 and words.isalpha() and words.isupper():
        return found._replace(label="ORG")
    if found.label == "ORG" and _RANK.fullmatch(words):
        return None
    several = " " in words and all(word[0].isupper() or word in {"of", "the", "and", "for"} for word in words.split())
    if not several:
        return found
    mixed = any(word in gazetteer.demonyms for word in words.split())
    return found._replace(rank=60 if mixed else 88 if found.label in {"ORG", "FAC", "EVENT", "LOC"} else 76)


def _agreed(text: str, model: list[Proposal]) -> Iterator[Proposal]:
    """Yield the model's names with the label that it gives the same words most often, wherever they stand."""
    votes: dict[str, Counter[str]] = {}
    for each in model:
        if each.label in _NAMES:
            votes.setdefault(text[each.start : each.end], Counter())[each.label] += 1
    chosen = {words: labels.most_common(1)[0][0] for words, labels in votes.items()}
    for each in model:
        words = text[each.start : each.end]
        label = chosen.get(words, each.label)
        yield each if label == each.label else each._replace(label=label)
    known = [words for words in votes if len(words) > 2 and words[0].isupper()]
    if known:
        pattern = re.compile(
            rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})(?![\w-])"
        )
        for again in pattern.finditer(text):
            yield Proposal(*again.span(), chosen[again[0]], "model, elsewhere in the article", 38)


def _called(text: str, found: Iterable[Proposal]) -> Iterator[str]:
    """Yield the words by which the article calls people: of full names, after titles, of people in the registry."""
    for each in found:
        words = text[each.start : each.end].split()
        if each.label == "PERSON" and (len(words) > 1 or not each.cue.startswith("model")):
            yield from words


def _people(text: str, found: Iterable[Proposal], gazetteer: Gazetteer) -> Iterator[Proposal]:
    """Yield the people whom the article names elsewhere in full, or by a title."""
    likely = [
        one for one in found if one.label == "PERSON" or (one.label in {"ORG", "GPE"} and one.cue.startswith("model"))
    ]
    cut = [each for one in likely if (each := trimmed(text, one))]
    names = {text[each.start : each.end] for each in cut if each.label == "PERSON"}
    names = {name for name in names if " " not in name or not heads_a_body(name)}
    alone = {name for name in names if " " not in name}
    full = {name for name in names if " " in name and gazetteer.demonyms.isdisjoint(name.split())}
    full |= {
        name
        for each in cut
        if each.label in {"ORG", "GPE"}
        and each.rank > 40
        and (name := text[each.start : each.end]).split()[-1] in alone
    }
    return repeated(text, full, gazetteer.demonyms)
