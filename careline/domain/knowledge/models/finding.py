from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class ArticleIndex(models.Model):
    """A published text that can be found: its `words` as they were counted, of which `version` (None: to be counted again). `text` is no
    foreign key: the text may go, and its words follow."""

    text_id = models.BigIntegerField(primary_key=True)
    article_id = models.BigIntegerField()
    language = models.TextField()
    version_id = models.BigIntegerField(null=True)
    rules = models.SmallIntegerField(default=0)
    words = ArrayField(models.TextField(), default=list)


class ArticleWord(models.Model):
    """How much one term (the stem of a word) says about a text: BM25's part that hangs on the text alone."""

    text_id = models.BigIntegerField()
    language = models.TextField()
    term = models.TextField(db_collation="C")
    weight = models.FloatField()

    class Meta:
        indexes = [
            models.Index(fields=["language", "term"], include=["text_id", "weight"], name="article_word_of_term"),
            models.Index(fields=["text_id"], name="article_word_of_text"),
        ]


class FindingWord(models.Model):
    """A word that articles of a language hold, in how many; `near` is what is left of it without one letter, for mending misspelt ones."""

    language = models.TextField()
    word = models.TextField(db_collation="C")
    term = models.TextField(db_collation="C")
    count = models.IntegerField(default=0)
    near = ArrayField(models.TextField(db_collation="C"), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="finding_word_once")]
        indexes = [GinIndex(fields=["near"], name="finding_word_near", fastupdate=False)]


class ArticlePhrase(models.Model):
    """Words that somebody looked with and that an article answers, though it does not hold them: it is found by them too."""

    article = models.ForeignKey("knowledge.Article", on_delete=models.CASCADE, related_name="+", db_index=False)
    language = models.TextField()
    words = models.TextField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "language", "words"], name="article_phrase_once")]


class Search(models.Model):
    """Somebody looked for an answer. `words` without addresses and numbers; `visitor` is a digest that means nothing the next day.

    `place`: help, suggestion or agent. `cover`: how much of what was asked the best article holds, 0 to 1. `outcome`: "", solved or
    not_solved, as they said themselves.
    """

    token = models.TextField(null=True, unique=True)
    visitor = models.TextField(default="")
    at = models.DateTimeField()
    brand_id = models.BigIntegerField()
    language = models.TextField()
    place = models.TextField()
    words = models.TextField()
    key = models.TextField()
    results = models.IntegerField()
    cover = models.FloatField()
    opened = ArrayField(models.BigIntegerField(), default=list)
    outcome = models.TextField(default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="search_newest"),
            models.Index(fields=["key", "-at"], name="search_by_key"),
            models.Index(fields=["visitor", "-at"], name="search_of_visitor"),
        ]


class ArticleInCase(models.Model):
    """An article was put into an answer, as a link or as text."""

    conversation_id = models.BigIntegerField()
    article = models.ForeignKey("knowledge.Article", on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    how = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation_id", "article", "how"], name="article_in_case_once")
        ]
