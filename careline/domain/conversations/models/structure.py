"""How cases hang together: merges, links, side conversations' people; topics and the fields that come with them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Greatest, Least

from careline.domain.conversations.models.cases import Conversation


class Merge(models.Model):
    """A case that went into another one, or came out of one by a split; `before` is what an unmerge puts back.

    `before`: {absorbed, into: how each stood; made: how the other stood afterwards; tags, followers, people, fields, drafts:
    what came with it}. The tree of merges that are not undone says where a case's messages stand: at its root, which
    `Conversation.merged_into` names in one step.
    """

    absorbed = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="merges_away")
    into = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="merges_in")
    is_split = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=models.Q(undone_at__isnull=True), name="merged_into_one"
            )
        ]


class Link(models.Model):
    """Two cases that have to do with each other. `parent`: other is the parent; `duplicate`: other says the same, first."""

    class Kind(models.TextChoices):
        RELATED = "related"
        PARENT = "parent"
        DUPLICATE = "duplicate"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="linked_from")
    kind = models.TextField(choices=Kind.choices)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("conversation", "other"), Greatest("conversation", "other"), name="link_once"
            ),
            models.CheckConstraint(condition=~models.Q(conversation=models.F("other")), name="link_of_two"),
        ]


class NoDuplicate(models.Model):
    """Somebody looked and said that these two are not the same."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("conversation", "other"), Greatest("conversation", "other"), name="no_duplicate_once"
            )
        ]


class Topic(models.Model):
    """What a case is about. `name` is {language: text}; a topic that is not used any more is retired, never deleted."""

    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    name = models.JSONField()
    position = models.SmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)


class CaseField(models.Model):
    """A field of the company's own on cases: of these topics and those below them, or of all where there are none."""

    code = models.SlugField(unique=True)
    name = models.JSONField()
    kind = models.TextField()
    choices = models.JSONField(default=list)
    topic_ids = ArrayField(models.BigIntegerField(), default=list)
    is_needed_to_resolve = models.BooleanField(default=False)
    position = models.SmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
