"""The company's procedures and who may give how much alone, on the settings pages."""
