"""Articles and what brings them in: imports, predictions, suggestion runs, jobs."""

from typing import Any

from workbench.api import paging
from workbench.api.calls import Call, operation
from workbench.api.shapes.articles import (
    Article,
    ArticleQuery,
    Articles,
    Batch,
    Batches,
    CombineWish,
    Freed,
    FreeWish,
    ImportQuery,
    Job,
    JobRef,
    Jobs,
    ParkedArticle,
    ParkedList,
    PredictionQuery,
    Receipt,
    StartWish,
    Suggester,
    Suggesters,
)
from workbench.api.shapes.base import Done, Paged, Record
from workbench.edge.uploads import JSONL, MULTIPART
from workbench.formats import gold
from workbench.services import articles, jobs, suggesters, suggestions


@operation("GET", "/projects/<slug>/articles", tag="articles", act="read", query=ArticleQuery, told=Articles)
def list_articles(call: Call) -> Articles:
    """List articles in the order they came."""
    asked = call.query
    rows = articles.listing(
        call.session, call.project, after=paging.after(asked.after), limit=asked.limit + 1, find=asked.find, by=call.by
    )  # fmt: skip
    page, onward = paging.page(rows, asked.limit)
    return Articles(items=[Article.model_validate(row) for row in page], next=onward)


@operation("GET", "/projects/<slug>/articles/<key>", tag="articles", act="read", told=Record)
def article(call: Call) -> Record:
    """Tell an article with the best reading of it that one may see, as a gold record.

    Others' readings stay hidden until the article is gold.
    """
    view = articles.view(call.session, call.project, call.path["key"], by=call.by)
    return Record.model_validate(gold.record(articles.record(view, call.project)))


@operation(
    "POST", "/projects/<slug>/imports", tag="articles", act="import", query=ImportQuery, told=JobRef, status=202,
    uploads=(MULTIPART, JSONL),
)  # fmt: skip
def import_articles(call: Call) -> JobRef:
    """Bring articles in: files as a form, or records as JSON lines. The job's receipt tells what became of each.

    Texts that are here already are skipped, so the same import may be sent again.
    """
    asked = call.query
    about = {"role": None, "format": asked.format, "encoding": asked.encoding, "unit": asked.unit}
    job = _import(call, asked.skip_bad, about)
    if asked.suggest:
        jobs.ask(call.session, call.project, "suggest", {"project": call.project.slug}, by=call.by, now=call.now)
    return job


@operation(
    "POST", "/projects/<slug>/predictions", tag="articles", act="import", query=PredictionQuery, told=JobRef,
    status=202, uploads=(JSONL, MULTIPART),
)  # fmt: skip
def predictions(call: Call) -> JobRef:
    """Bring a model's predictions in, as a further layer over texts that are here (or articles that are not).

    Records need no text: `text_sha256` or `id` finds their article.
    """
    asked = call.query
    about = {"role": "suggestions", "name": asked.suggester, "labels": {}, "replace_gold": False}
    return _import(call, asked.skip_bad, about | {"format": asked.format, "unit": asked.unit})


def _import(call: Call, skip_bad: bool, about: dict[str, Any]) -> JobRef:
    payload = {"project": call.project.slug, "folder": str(call.folder), "skip_bad": skip_bad, "by": call.by.id}
    job = jobs.ask(call.session, call.project, "import", payload | about, by=call.by, now=call.now)
    return JobRef(job=job)


@operation("GET", "/projects/<slug>/imports", tag="articles", act="import", query=Paged, told=Batches)
def imports(call: Call) -> Batches:
    """List imports, newest first."""
    asked, before = call.query, paging.after(call.query.after) or None
    found = articles.receipts(call.session, call.project, before=before, limit=asked.limit + 1)
    rows, onward = paging.page(found, asked.limit)
    counts = ("taken", "skipped", "refused")
    items = [Batch(id=r.id, at=r.at, **{each: r.total.counts[each] for each in counts}) for r in rows]
    return Batches(items=items, next=onward)


@operation("GET", "/projects/<slug>/imports/<int:batch_id>", tag="articles", act="import", told=Receipt)
def receipt(call: Call) -> Receipt:
    """Tell what became of every record of an import."""
    row = articles.receipt(call.session, call.project, call.path["batch_id"])
    return Receipt(id=row.id, at=row.at, records=list(articles.receipt_lines(call.session, row)))


@operation("GET", "/projects/<slug>/jobs", tag="jobs", act="read", query=Paged, told=Jobs)
def list_jobs(call: Call) -> Jobs:
    """List jobs, newest first."""
    asked, before = call.query, paging.after(call.query.after) or None
    found = jobs.listing(call.session, call.project, before=before, limit=asked.limit + 1)
    rows, onward = paging.page(found, asked.limit)
    return Jobs(items=[Job.model_validate(row) for row in rows], next=onward)


@operation("GET", "/projects/<slug>/jobs/<int:job_id>", tag="jobs", act="read", told=Job)
def job(call: Call) -> Job:
    """Tell how far a job is."""
    return Job.model_validate(jobs.find(call.session, call.project, call.path["job_id"]))


@operation("POST", "/projects/<slug>/jobs/<int:job_id>/cancel", tag="jobs", act="suggest", told=Job)
def cancel_job(call: Call) -> Job:
    """Stop a job; its note says whether something of it is kept."""
    jobs.cancel(call.session, call.project, call.path["job_id"], now=call.now)
    return job(call)


@operation("POST", "/projects/<slug>/jobs/<int:job_id>/retry", tag="jobs", act="suggest", told=Job)
def retry_job(call: Call) -> Job:
    """Queue a job again that failed, or that was stopped and is no import; a task may run again from its start."""
    jobs.retry(call.session, call.project, call.path["job_id"], now=call.now)
    return job(call)


@operation("POST", "/projects/<slug>/suggestions", tag="articles", act="suggest", told=JobRef, status=202)
def suggest(call: Call) -> JobRef:
    """Let spaCy propose for articles that have no proposals of it yet."""
    payload = {"project": call.project.slug}
    return JobRef(job=jobs.ask(call.session, call.project, "suggest", payload, by=call.by, now=call.now))


@operation("GET", "/projects/<slug>/parked", tag="articles", act="suggest", query=Paged, told=ParkedList)
def list_parked(call: Call) -> ParkedList:
    """List the articles that a suggester could not read, with what went wrong; those that came last first."""
    asked, before = call.query, paging.after(call.query.after) or None
    rows, more = suggestions.listing(call.session, call.project, before=before, limit=asked.limit)
    items = [ParkedArticle.model_validate(row) for row in rows]
    return ParkedList(items=items, next=paging.cursor(more) if more else None)


@operation(
    "POST", "/projects/<slug>/parked/again", tag="articles", act="suggest", body=FreeWish, told=Freed, status=202
)
def free_parked(call: Call) -> Freed:
    """Have parked articles tried again, all or one."""
    count = suggestions.release(call.session, call.project, call.body.article_id)
    return Freed(count=count, job=suggest(call).job)


@operation("GET", "/projects/<slug>/suggesters", tag="articles", act="suggest", told=Suggesters)
def list_suggesters(call: Call) -> Suggesters:
    """List the suggesters, and whose layer new drafts start from."""
    found = suggesters.listing(call.session, call.project)
    start = suggesters.start(call.session, call.project)
    return Suggesters(items=[Suggester.model_validate(row) for row in found.rows], start=start, behind=found.behind)


@operation("PUT", "/projects/<slug>/suggesters/start", tag="articles", act="suggest", body=StartWish, told=Done)
def choose_start(call: Call) -> Done:
    """Say whose layer new drafts start from; those that were begun stay as they are."""
    suggesters.choose_start(call.session, call.project, call.body.author, by=call.by, now=call.now)
    return Done()


@operation(
    "POST", "/projects/<slug>/suggesters/combine", tag="articles", act="suggest", body=CombineWish, told=JobRef,
    status=202,
)  # fmt: skip
def combine(call: Call) -> JobRef:
    """Have a worker make two suggesters one, under a new name."""
    about = call.body.model_dump()
    suggesters.check(call.session, call.project, **about)
    payload = {"project": call.project.slug, **about}
    return JobRef(job=jobs.ask(call.session, call.project, "combine", payload, by=call.by, now=call.now))
