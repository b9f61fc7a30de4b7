"""Practice and hidden tests, and how near to gold people read."""

from workbench.api import paging
from workbench.api.calls import Call, operation
from workbench.api.shapes.base import Nothing, Paged
from workbench.api.shapes.people import TeamQuery
from workbench.api.shapes.training import (
    AsideTold,
    AsideWish,
    BesideGold,
    Confused,
    Difference,
    Exercise,
    Exercises,
    Interval,
    Lately,
    Matched,
    Measured,
    PracticeTold,
    Read,
    Reader,
    ReaderReport,
    Readers,
    TrainingResult,
    TrainingResults,
    TrainingTold,
    TrainingWish,
    TrialRef,
)
from workbench.core.pages import SIZE
from workbench.services import competence, feedback, training, trials

TRAINING = "/projects/<slug>/training"


@operation("GET", "/projects/<slug>/practice", tag="training", act="review", told=PracticeTold)
def practice(call: Call) -> PracticeTold:
    """List one's practice articles, and whether they are enough."""
    return PracticeTold.model_validate(training.practice(call.session, call.project, by=call.by))


@operation("POST", "/projects/<slug>/practice/<key>", tag="training", act="review", body=Nothing, told=TrialRef)
def start_practice(call: Call) -> TrialRef:
    """Begin a practice article, go on with it, or try it again; it is read like any other item."""
    found = trials.start(
        call.session, call.project, call.path["key"], by=call.by, now=call.now, lease=call.lease
    )  # fmt: skip
    return TrialRef(item=found)


@operation("GET", TRAINING, tag="training", act="settle", told=TrainingTold)
def training_setup(call: Call) -> TrainingTold:
    """Tell how the project tests, the first articles that are set aside, and what came of it for the first people."""
    setup = training.setup(call.session, call.project)
    return TrainingTold(
        every=setup.every, pass_mark=setup.pass_mark, floor=setup.floor,
        articles=_exercises(call, "", SIZE).items, results=_results(call, "", "", SIZE).items,
    )  # fmt: skip


@operation("GET", f"{TRAINING}/articles", tag="training", act="settle", query=Paged, told=Exercises)
def list_exercises(call: Call) -> Exercises:
    """List the articles that are set aside, in the order that they were."""
    return _exercises(call, call.query.after, call.query.limit)


def _exercises(call: Call, cursor: str | None, limit: int) -> Exercises:
    found = training.exercises(call.session, call.project, after=paging.after(cursor), limit=limit + 1)
    rows, onward = paging.page(found, limit, by="article_id")
    return Exercises(items=[Exercise.model_validate(row) for row in rows], next=onward)


@operation("GET", f"{TRAINING}/results", tag="training", act="settle", query=TeamQuery, told=TrainingResults)
def training_results(call: Call) -> TrainingResults:
    """List what people's practice and tests come to, by name."""
    return _results(call, call.query.find, call.query.after, call.query.limit)


def _results(call: Call, find: str, cursor: str | None, limit: int) -> TrainingResults:
    found = training.results(call.session, call.project, find=find, after=paging.after(cursor), limit=limit + 1)
    rows, onward = paging.page(found, limit)
    return TrainingResults(items=[TrainingResult.model_validate(row) for row in rows], next=onward)


@operation("PUT", TRAINING, tag="training", act="settle", body=TrainingWish, told=TrainingTold)
def change_training(call: Call) -> TrainingTold:
    """Change how the project trains and tests; it counts from the next article that somebody takes."""
    training.change(call.session, call.project, **call.body.model_dump(), by=call.by, now=call.now)
    return training_setup(call)


@operation("POST", f"{TRAINING}/articles", tag="training", act="settle", body=AsideWish, told=AsideTold)
def set_aside(call: Call) -> AsideTold:
    """Set gold articles aside for practice or as hidden tests, or no longer."""
    wish = call.body
    count = training.set_aside(
        call.session, call.project, wish.keys, wish.purpose, wish.note, by=call.by, now=call.now
    )  # fmt: skip
    return AsideTold(count=count)


@operation("GET", "/projects/<slug>/readers", tag="training", act="settle", told=Readers)
def list_readers(call: Call) -> Readers:
    """List how near to gold everybody reads, over what has gold among the newest 1,000 finished readings."""
    lines = competence.everybody(call.session, call.project)
    return Readers(items=[Reader.model_validate(each) for each in lines])


@operation("GET", "/projects/<slug>/readers/<int:person_id>", tag="training", act="review", told=ReaderReport)
def reader_report(call: Call) -> ReaderReport:
    """Tell how near to gold somebody reads: oneself, or anybody for leads."""
    found = competence.report(call.session, call.project, call.path["person_id"], by=call.by)
    figures = [(title, found.articles, figure) for title, figure in found.figures]
    return ReaderReport(
        person_id=found.person_id, person=found.person, articles=found.articles,
        sources=[_measured(*each) for each in found.sources], figures=[_measured(*each) for each in figures],
        drift=Lately.model_validate(found.drift) if found.drift else None,
        confused=[Confused(kind=kind, gold=gold, read=read, count=n) for kind, gold, read, n in found.confused],
        cards=[Read(item=item, title=title, at=at, source=source) for item, title, at, source in found.cards],
    )  # fmt: skip


def _measured(title: str, articles: int, figure: object) -> Measured:
    return Measured(title=title, articles=articles, figure=Interval.model_validate(figure))


@operation("GET", "/projects/<slug>/items/<int:item_id>/beside-gold", tag="training", act="review", told=BesideGold)
def beside_gold(call: Call) -> BesideGold:
    """Compare one finished reading with gold: for who read it, and for leads."""
    card = feedback.card(call.session, call.project, call.path["item_id"], by=call.by)
    differences = [
        Difference(
            group=group, kind=each.kind, fault=each.fault, start=each.span.start, end=each.span.end,
            sentence=each.sentence, gold=each.gold, predicted=each.predicted, rule=rule,
        )
        for group, rows in card.differences
        for each, rule in rows
    ]  # fmt: skip
    return BesideGold(
        title=card.title, key=card.key, person=card.person, source=card.source, note=card.note, f1=card.f1,
        same=[Matched.model_validate(each) for each in card.same], differences=differences,
    )  # fmt: skip
