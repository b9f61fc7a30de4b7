"""Moving in: files are looked at first, and come in as one says."""

from workbench.api.calls import Call, operation
from workbench.api.shapes.articles import JobRef
from workbench.api.shapes.base import Done
from workbench.api.shapes.movein import Choice, Look, LookQuery, LookRef, UnitWish
from workbench.edge.uploads import MULTIPART
from workbench.services import movein

LOOKS = "/projects/<slug>/move-in"


@operation(
    "POST", LOOKS, tag="move-in", act="import", query=LookQuery, told=LookRef, status=202, uploads=(MULTIPART,)
)  # fmt: skip
def look_at_files(call: Call) -> LookRef:
    """Have a worker look at files; nothing is stored of them, and after a day they are forgotten."""
    options = {"encoding": call.query.encoding, "unit": call.query.unit}
    return LookRef(look=movein.begin(call.session, call.project, call.folder, options, by=call.by, now=call.now))


@operation("GET", f"{LOOKS}/<int:look_id>", tag="move-in", act="import", told=Look)
def look(call: Call) -> Look:
    """Tell what was found: files, formats, records, labels, and what would be lost or moved."""
    return Look.model_validate(movein.find(call.session, call.project, call.path["look_id"]))


@operation("POST", f"{LOOKS}/<int:look_id>", tag="move-in", act="import", body=Choice, told=JobRef, status=202)
def confirm_look(call: Call) -> JobRef:
    """Import the files of a look as chosen."""
    wish = call.body
    choice = movein.Choice(wish.role, wish.name, wish.labels, wish.replace_gold, wish.skip_bad)
    job = movein.confirm(
        call.session, call.project, call.path["look_id"], choice, remember=wish.remember, by=call.by, now=call.now
    )  # fmt: skip
    return JobRef(job=job)


@operation(
    "POST", f"{LOOKS}/<int:look_id>/again", tag="move-in", act="import", body=UnitWish, told=LookRef, status=202
)  # fmt: skip
def look_at_files_again(call: Call) -> LookRef:
    """Have the files of a look read anew, their offsets counted in a unit."""
    look_id = call.path["look_id"]
    movein.begin_again(call.session, call.project, look_id, call.body.unit, by=call.by, now=call.now)
    return LookRef(look=look_id)


@operation("POST", f"{LOOKS}/<int:look_id>/cancel", tag="move-in", act="import", told=Done)
def cancel_look(call: Call) -> Done:
    """Remove the files of a look; nothing was stored."""
    movein.cancel(call.session, call.project, call.path["look_id"], now=call.now)
    return Done()
