"""The help centre as customers read it: categories, articles, feed and site map."""
