from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class View(models.Model):
    """A saved filter over cases: private, a team's, or everybody's."""

    name = models.TextField()
    code = models.SlugField(null=True, unique=True)
    owner = models.ForeignKey("staff.Agent", null=True, on_delete=models.CASCADE)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.CASCADE)
    filter = models.JSONField(default=dict)
    sort = models.TextField(default="due")
    columns = ArrayField(models.TextField(), default=list, db_default=[])
    kind = models.TextField(default="list", db_default="list")
    split = models.TextField(default="status", db_default="status")
    position = models.SmallIntegerField(default=0)


class ViewPlace(models.Model):
    """Where somebody put a view in their own list, or that they hid it. `code` is a default view's, or a saved one's id."""

    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    code = models.TextField()
    position = models.SmallIntegerField(default=0)
    is_hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "code"], name="view_placed_once")]


class Word(models.Model):
    """A word that messages hold, and how many of those counted hold it: what a misspelt one may have meant.

    `near` is the word and what is left of it when one letter is taken out.
    """

    word = models.TextField(primary_key=True, db_collation="C")
    count = models.IntegerField(default=0)
    near = ArrayField(models.TextField(db_collation="C"), default=list)

    class Meta:
        indexes = [GinIndex(fields=["near"], name="word_near", fastupdate=False)]


class RecentSearch(models.Model):
    """What somebody searched for lately: theirs alone."""

    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "words"], name="recent_search_once")]
