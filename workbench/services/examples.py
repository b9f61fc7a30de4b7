"""An answered question that becomes an example in the guidelines, with its passage."""

import re
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.errors import Invalid
from workbench.core.workflow import Person
from workbench.services import projects, talk
from workbench.services.projects import Project
from workbench.services.talk import Talk
from workbench.store import talk as threads

HEADING: Final = "## Examples from questions"


def keep(session: Session, project: Project, thread_id: int, *, seen: int, by: Person, now: datetime) -> int:
    """Put a thread into the guidelines as an example, which makes a new version of them; return the version."""
    workflow.check(project.role, "settle")
    found = talk.one(session, project, thread_id, by=by)
    if found.thread.example:
        raise Invalid(f"This question is an example already, since version {found.thread.example} of the guidelines.")
    body = added(projects.guideline(session, project), example(found))
    projects.change_guideline(session, project, body, seen=seen, by=by, now=now)
    threads.set_example(session, thread_id, seen + 1)
    return seen + 1


def example(found: Talk) -> str:
    """Return a thread as Markdown: the passage, what was asked, and the last answer that somebody else gave."""
    asker = found.thread.person_id
    asked = next((post.body for post in found.posts if post.person_id == asker), "")
    answer = next((post.body for post in reversed(found.posts) if post.person_id != asker), None)
    if answer is None:
        raise Invalid("Answer the question first; the answer is what the example teaches.")
    lines = [quoted(found.thread.quote)] if found.thread.quote else []
    lines += [f"**Asked:** {plain(asked)}"] if asked else []
    return "\n\n".join([*lines, f"**Answered:** {plain(answer)}"])


def added(guideline: str, text: str, heading: str = HEADING) -> str:
    """Return the guidelines with some text at the end of a section, which is made where there is none."""
    if heading not in guideline:
        return f"{guideline.rstrip()}\n\n{heading}\n\n{text}\n"
    before, after = guideline.split(heading, 1)
    section, mark, rest = after.partition("\n## ")
    return f"{before}{heading}{section.rstrip()}\n\n---\n\n{text}\n{mark}{rest}"


def quoted(passage: str) -> str:
    """Return a passage as Markdown quotes it."""
    return "\n".join(f"> {line}" for line in plain(passage).splitlines())


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text.strip())
