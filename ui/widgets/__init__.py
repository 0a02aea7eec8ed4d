"""Small widgets shared by all pages."""
