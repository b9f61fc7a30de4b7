"""The tables. Rows are rows: no methods with opinions, and no relationship loads by itself."""

from workbench.store.schema.adjudication import Adjudication, Ruling
from workbench.store.schema.articles import Article, Batch, Bridge, ReceiptPart
from workbench.store.schema.base import KINDS, Json, Moment, Table, rank_of
from workbench.store.schema.inbox import Notice, RuleChange
from workbench.store.schema.jobs import Job, Parked
from workbench.store.schema.movein import Arriving, LabelMapping, MoveIn, Start
from workbench.store.schema.people import Audit, Identity, Link, Person, SignIn, Throttle
from workbench.store.schema.projects import (
    ActorsVersion,
    GuidelineVersion,
    Membership,
    Project,
    RulesVersion,
    SchemeVersion,
)
from workbench.store.schema.reasons import ReasonSettled
from workbench.store.schema.releases import Release, ReleaseFile, ReleaseRecord, SheetWords
from workbench.store.schema.talk import Post, Remembered, Thread, Waiver
from workbench.store.schema.tallies import Standing, Tally, Touched
from workbench.store.schema.tokens import ApiToken, KeptAnswer
from workbench.store.schema.training import Exercise, Training
from workbench.store.schema.work import Decision, Handover, Item, Layer, Mark, Quota

__all__ = [
    "KINDS",
    "ActorsVersion",
    "Adjudication",
    "ApiToken",
    "Arriving",
    "Article",
    "Audit",
    "Batch",
    "Bridge",
    "Decision",
    "Exercise",
    "GuidelineVersion",
    "Handover",
    "Identity",
    "Item",
    "Job",
    "Json",
    "KeptAnswer",
    "LabelMapping",
    "Layer",
    "Link",
    "Mark",
    "Membership",
    "Moment",
    "MoveIn",
    "Notice",
    "Parked",
    "Person",
    "Post",
    "Project",
    "Quota",
    "ReasonSettled",
    "ReceiptPart",
    "Release",
    "ReleaseFile",
    "ReleaseRecord",
    "Remembered",
    "RuleChange",
    "RulesVersion",
    "Ruling",
    "SchemeVersion",
    "SheetWords",
    "SignIn",
    "Standing",
    "Start",
    "Table",
    "Tally",
    "Thread",
    "Throttle",
    "Touched",
    "Training",
    "Waiver",
    "rank_of",
]
