from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

OPEN_STATES = ("draft", "review", "approved", "scheduled")


class Category(models.Model):
    """A shelf of the help centre. `names` is {language: name}; a category without parent stands on the first page."""

    brand = models.ForeignKey("company.Brand", on_delete=models.PROTECT)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    position = models.SmallIntegerField(default=0)
    slug = models.TextField()
    names = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "slug"], name="category_slug_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="category_is_not_its_own"),
        ]


class Article(models.Model):
    """What holds for an article in all its languages. `kind`: article, faq, policy, guide (then `product` may name what it guides through).
    `audience`: public or staff. Whoever is to look at it again by `review_by` is its owner."""

    brand = models.ForeignKey("company.Brand", on_delete=models.PROTECT)
    category = models.ForeignKey(Category, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.TextField(default="article")
    audience = models.TextField(default="public")
    product = models.TextField(default="")
    owner = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    review_by = models.DateField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=("public", "staff")), name="article_audience_known"),
            models.CheckConstraint(condition=~Q(kind="policy") | Q(audience="staff"), name="policies_are_for_staff"),
        ]


class ArticleVersion(models.Model):
    """One language of an article as it was written at a time. Open (draft, review, approved, scheduled), or closed: published, replaced,
    withdrawn. `html` is sanitised, `text` the same in plain words. `revision` counts the changes of an open one."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    language = models.TextField()
    number = models.IntegerField()
    state = models.TextField(default="draft")
    slug = models.TextField()
    title = models.TextField()
    summary = models.TextField(default="")
    html = models.TextField(default="")
    text = models.TextField(default="")
    revision = models.IntegerField(default=1)
    writers = ArrayField(models.BigIntegerField(), default=list)
    approved_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    remark = models.TextField(default="")
    due_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "language", "number"], name="article_version_once"),
            models.UniqueConstraint(
                fields=["article", "language"], condition=Q(state__in=OPEN_STATES), name="one_open_version"
            ),
            models.UniqueConstraint(
                fields=["article", "language"], condition=Q(state="published"), name="one_published_version"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="scheduled"), name="article_version_due"),
            models.Index(fields=["language", "slug"], name="article_version_slug"),
        ]


class ArticleText(models.Model):
    """What readers and search read: the published words of one language. It goes with the withdrawal of its version.
    `brand`, `audience` and `kind` are the article's, kept here by its commands."""

    version = models.OneToOneField(ArticleVersion, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    brand = models.ForeignKey("company.Brand", on_delete=models.PROTECT, related_name="+")
    audience = models.TextField()
    kind = models.TextField()
    language = models.TextField()
    slug = models.TextField()
    title = models.TextField()
    summary = models.TextField()
    html = models.TextField()
    text = models.TextField()
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="article_text_once"),
            models.UniqueConstraint(fields=["brand", "language", "slug"], name="article_address_once"),
        ]


class ArticlePicture(models.Model):
    """A picture in articles. `place` is what its address ends with: 128 random bits."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    place = models.TextField(unique=True)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    media_type = models.TextField()
    added_at = models.DateTimeField()


class ArticleOpinion(models.Model):
    """Whether an article helped one reader, and why not. `reader` is the digest of what their page was given: nobody's name."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    language = models.TextField()
    version = models.IntegerField()
    reader = models.TextField()
    is_helpful = models.BooleanField()
    reason = models.TextField(default="")
    comment = models.TextField(default="")
    given_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "reader"], name="one_opinion_of_a_reader")]
        indexes = [
            models.Index(
                fields=["-given_at", "-id"], condition=Q(is_helpful=False, settled_at=None), name="opinion_to_settle"
            )
        ]
