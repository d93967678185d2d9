import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("company", "0004_brands"), ("files", "0001_initial")]

    operations = [
        migrations.AddField("brand", "public_name", models.TextField(default="")),
        migrations.AddField("brand", "domain", models.TextField(default="")),
        migrations.AddField("brand", "accent", models.TextField(default="")),
        migrations.AddField("brand", "languages", models.JSONField(default=list)),
        migrations.AddField(
            "brand",
            "logo",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="files.file"),
        ),
        migrations.AddField("brand", "logo_type", models.TextField(default="")),
        migrations.AddConstraint(
            "brand",
            models.UniqueConstraint(
                condition=models.Q(("domain", ""), _negated=True), fields=("domain",), name="one_brand_for_a_domain"
            ),
        ),
    ]
