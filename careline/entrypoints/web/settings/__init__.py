"""What is set up by those who run the desk."""
