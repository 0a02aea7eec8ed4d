"""Intake Desk without its window: what a neck-pain front desk knows, keeps and prints."""
