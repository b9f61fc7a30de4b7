"""A parsed article in plain objects, under spaCy's names: what the rules ask of its words, read once.

Each question to spaCy's own words goes through its store of strings or walks its tree; here it is an attribute.
The parse must be finished; entities may still be set.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, overload

from spacy.attrs import DEP, HEAD, IDX, LEMMA, LOWER, ORTH, POS, SHAPE, SPACY, TAG
from spacy.tokens import Doc as Parsed
from spacy.tokens import Token as ParsedToken

from workbench.nlp.mentions import text_of

TREE: Final = "tree"
"""The hook of a document under which its plain objects are kept; the last component lets go of them."""


class Token:
    """A word with its place in the tree of its sentence; compared and hashed by identity."""

    __slots__ = (
        "children", "dep_", "doc", "head", "i", "idx", "lefts", "lemma_", "lower_", "pos_", "rights", "sent", "shape_",
        "tag_", "text", "whitespace_",
    )  # fmt: skip
    head: "Token"
    sent: "Span"

    def __init__(self, doc: "Doc", i: int, names: dict[int, str], values: Sequence[int]) -> None:
        orth, lower, lemma, pos, tag, dep, shape, space, self.idx = values
        self.doc, self.i = doc, i
        self.text, self.lower_, self.lemma_ = names[orth], names[lower], names[lemma]
        self.pos_, self.tag_, self.dep_ = names[pos], names[tag], names[dep]
        self.shape_ = names[shape]
        self.whitespace_ = " " if space else ""
        self.lefts: Sequence[Token] = ()
        self.rights: Sequence[Token] = ()
        self.children: Sequence[Token] = ()

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __lt__(self, other: "Token") -> bool:
        return self.i < other.i

    def __repr__(self) -> str:
        return self.text

    def nbor(self, distance: int = 1) -> "Token":
        """Return the word at a distance."""
        return self.doc[self.i + distance]

    @property
    def subtree(self) -> Iterator["Token"]:
        """Yield the word and all below it in reading order."""
        for each in self.lefts:
            yield from each.subtree
        yield self
        for each in self.rights:
            yield from each.subtree

    @property
    def left_edge(self) -> "Token":
        """Return the first word of the subtree."""
        return self.doc[int(self._own.left_edge.i)]

    @property
    def right_edge(self) -> "Token":
        """Return the last word of the subtree."""
        return self.doc[int(self._own.right_edge.i)]

    @property
    def ancestors(self) -> Iterator["Token"]:
        """Yield the words above, the nearest first."""
        each = self
        while each.head is not each:
            each = each.head
            yield each

    def is_ancestor(self, below: "Token") -> bool:
        """Say whether a word stands below this one."""
        return self in below.ancestors

    @property
    def conjuncts(self) -> tuple["Token", ...]:
        """Return what the word is coordinated with."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for each in found:
            found += (other for other in each.rights if other.dep_ == "conj")
        return tuple(each for each in found if each is not self)

    @property
    def _own(self) -> ParsedToken:
        return self.doc.parsed[self.i]

    @property
    def ent_type_(self) -> str:
        """Return the label of the entity that the word belongs to."""
        return str(self._own.ent_type_)

    @property
    def is_space(self) -> bool:
        """Say whether it is nothing but white space."""
        return self.text.isspace()

    @property
    def is_upper(self) -> bool:
        """Say whether it is written in capitals."""
        return self.text.isupper()

    @property
    def is_punct(self) -> bool:
        """Say whether it is punctuation."""
        return bool(self._own.is_punct)

    @property
    def is_quote(self) -> bool:
        """Say whether it is a quotation mark."""
        return bool(self._own.is_quote)


class Span:
    """Words that follow each other."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: "Doc", start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...
    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        return self.doc.tokens[self.start : self.end][place]

    @property
    def start_char(self) -> int:
        """Return where the first word begins."""
        return self[0].idx

    @property
    def end_char(self) -> int:
        """Return where the last word ends."""
        return self[-1].idx + len(self[-1])

    @property
    def text(self) -> str:
        """Return the words as they are written."""
        return self.doc.text[self.start_char : self.end_char] if len(self) else ""

    @property
    def root(self) -> Token:
        """Return the word nearest to the root of its sentence, the first of several."""
        if len(self) < 2:
            return self.doc[self.start]
        return next((each for each in self if each.head is each), None) or min(self, key=_depth)


def _depth(token: Token) -> int:
    """Count the words above one; mere punctuation counts as the deepest."""
    mark = not token.children and (token.is_space or token.is_punct)
    return len(token.doc) if mark else sum(1 for _ in token.ancestors)


class Doc:
    """The words and sentences of an article; ``user_hooks`` keeps what is found out about it."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed, self.text, self._ = parsed, text_of(parsed), parsed._
        self.user_hooks: dict[str, Any] = {}
        self.answers: defaultdict[Callable[..., Any], dict[int, Any]] = defaultdict(dict)
        columns = parsed.to_array([ORTH, LOWER, LEMMA, POS, TAG, DEP, SHAPE, SPACY, IDX, HEAD])
        strings = parsed.vocab.strings
        names = {key: strings[key] for key in set(columns[:, :7].ravel().tolist())}
        self.tokens = [Token(self, i, names, row[:-1]) for i, row in enumerate(columns.tolist())]
        self.starts = [token.idx for token in self.tokens]
        self.sents = [Span(self, each.start, each.end) for each in parsed.sents]
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence
        lefts: defaultdict[Token, list[Token]] = defaultdict(list)
        rights: defaultdict[Token, list[Token]] = defaultdict(list)
        for token, step in zip(self.tokens, columns[:, -1].astype("int64").tolist(), strict=True):
            token.head = head = self.tokens[token.i + step]
            if step:
                (lefts if step > 0 else rights)[head].append(token)
        for head in {*lefts, *rights}:
            head.lefts, head.rights = lefts.get(head, ()), rights.get(head, ())
            head.children = [*head.lefts, *head.rights]

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, int):
            return self.tokens[place]
        start, end, _ = place.indices(len(self.tokens))
        return Span(self, start, max(start, end))

    def covering(self, start: int, end: int) -> Span:
        """Return the words that a stretch of the text touches."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        return Span(self, first + (start >= self.starts[first] + len(self.tokens[first])), last + 1)

    def forget(self) -> None:
        """Let go of the words: each holds others that hold it, which Python would notice late."""
        for token in self.tokens:
            del token.doc, token.head, token.sent, token.lefts, token.rights, token.children
        self.sents.clear()
        self.user_hooks.clear()
        self.answers.clear()


def tree(parsed: Parsed) -> Doc:
    """Return a parsed document in plain objects, which are made once."""
    hooks = parsed.user_hooks
    found: Doc = hooks.get(TREE) or hooks.setdefault(TREE, Doc(parsed))
    return found
